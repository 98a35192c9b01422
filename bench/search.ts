import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SEARCHED } from '../shapes/search'
import { startPostgres } from '../test/postgres/server'
import { MEDIUM, makeNetwork } from './network'
import type { Result } from './result'
import { type Server, startPinhole } from './server'
import { openBooks } from './star'

/** The posts and people of the medium network. Inboxes are not searched, so few people follow each other. */
const SIZE = { ...MEDIUM, followsEach: 4 }
const WANTED_MS = 30
const ROUNDS = 41

/** What people type: whole words, beginnings, parts, first consonants, several words, and what nobody has written. */
const QUERIES: Record<string, string> = {
  'a word': 'harbour',
  'a part of a word': 'arbou',
  'a word of no caption': 'zeppelin',
  'two letters': 'er',
  'a Korean word': '바다',
  'first consonants': 'ㅂㄷ',
  'several words': 'harbour morning fog',
  'words that no caption has together': 'harbour morning 바다',
  'a name': 'member_77',
  'a tag': '#harbour',
}

const ENGLISH = `harbour morning fog lifted number boats letters winter summer river bridge window garden market street
  mountain forest shadow evening silver quiet tower station corner paper coffee kitchen bicycle island winding over
  under water weather colder longer another together brother mother sister teacher printer camera lens film light`
const KOREAN = `바다 아침 안개 강가 다리 창문 정원 시장 골목 산길 숲속 그림자 저녁 은빛 고요한 탑 역 모퉁이 종이 커피 부엌
  자전거 섬 바람 물결 날씨 겨울 여름 함께 동생 엄마 선생님 사진기 필름 빛 구름 하늘 봄날 가을 단풍`

/** How long the lists of searches take in the medium network, with SQLite and with PostgreSQL. */
export async function search(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  try {
    const token = await makeNetwork(dir, SIZE)
    writeCaptions(dir)
    const results: Result[] = []
    {
      await using server = await startPinhole(dir)
      while (!isIndexed(dir)) await Bun.sleep(500)
      results.push(...(await measure('SQLite', server, token)))
    }
    await using postgres = await startPostgres({ isSafe: true })
    const env = { PINHOLE_SECRET: 'a secret that only this benchmark has' }
    const move = ['dist/pinhole', 'move', '--to', postgres.url(), '--data', dir]
    const moved = Bun.spawnSync(move, { stderr: 'inherit', env: { ...env, PATH: process.env.PATH ?? '' } })
    if (!moved.success) throw new Error('The network could not be moved to PostgreSQL.')
    await using server = await startPinhole(dir, { ...env, PINHOLE_DATABASE_URL: postgres.url() })
    results.push(...(await measure('PostgreSQL', server, token)))
    return results
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** The slowest of the three lists counts for a query. */
async function measure(engine: string, { origin }: Server, token: string): Promise<Result[]> {
  const medians: { name: string; median: number }[] = []
  for (const [name, query] of Object.entries(QUERIES)) {
    const lists: number[] = []
    for (const list of SEARCHED) {
      const url = `${origin}/api/search?q=${encodeURIComponent(query)}&in=${list}`
      const times: number[] = []
      for (let i = 0; i < ROUNDS; i++) times.push(await timeOf(url, token))
      lists.push(middle(times))
    }
    medians.push({ name, median: Math.max(...lists) })
  }
  const median = middle(medians.map((each) => each.median))
  const slowest = medians.toSorted((a, b) => b.median - a.median)[0]!
  const bound = `${WANTED_MS} ms: ${median.toFixed(1)} ms; slowest: ${slowest.name}, ${slowest.median.toFixed(1)} ms`
  return [{ name: `lists of searches, ${engine}`, ratio: median / WANTED_MS, atMost: 1, bound }]
}

const middle = (times: number[]) => times.toSorted((a, b) => a - b)[times.length >> 1]!

async function timeOf(url: string, token: string): Promise<number> {
  const began = performance.now()
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  await answer.text()
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  return performance.now() - began
}

/** Gives every post a caption of twelve words. A few words are in a tenth of them and most in few, as in real ones. */
function writeCaptions(dir: string): void {
  using books = openBooks(dir)
  const write = books.prepare('update posts set caption = ? where id = ?')
  let state = 1
  const random = () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const among = <T>(list: ArrayLike<T>) => list[Math.floor(random() * list.length)]!
  const vocabulary = (words: string, letters: string, length: number) => [
    ...words.split(/\s+/),
    ...Array.from({ length: 3000 }, () => Array.from({ length }, () => among(letters)).join('')),
  ]
  const languages = [
    vocabulary(ENGLISH, 'aabcdeeefghiiklmnooprrssttuvwy', 7),
    vocabulary(KOREAN, '가나다라마바사아자하고노도로모보소오조호기니디리미비시이지히', 2),
  ]
  const caption = () => {
    const words = among(languages)
    const word = () => words[Math.floor(random() ** 2 * words.length)]
    const text = Array.from({ length: 12 }, word).join(' ')
    return random() < 0.3 ? `${text} #${word()}` : text
  }
  books.transaction(() => {
    for (let id = 1; id <= SIZE.posts; id++) write.run(caption(), id)
    const job = books.prepare('insert into jobs (kind, lane, payload, created_at, due_at) values (?, ?, ?, 0, 0)')
    job.run('search.fill', 'rest', '{"posts":0,"people":0}')
  })()
}

function isIndexed(dir: string): boolean {
  using books = openBooks(dir)
  return !books.query(`select 1 from jobs where kind = 'search.fill'`).get()
}
