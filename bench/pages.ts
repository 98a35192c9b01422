import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { roundsInTurns, type Target, warmUp } from './load'
import { makeNetwork, SMALL } from './network'
import type { Result } from './result'
import { compareRounds } from './rounds'
import { start, startPinhole } from './server'

/** Other load on the machine comes and goes within a round, so there are enough of them for a median. */
const ROUNDS = 5

/** What browsers ask for. */
const ACCEPT = 'gzip, deflate, br, zstd'

/** The pages that are asked for most, against the main page written by hand on the same data. */
export async function pages(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  try {
    const headers = { authorization: `Bearer ${await makeNetwork(dir, SMALL)}` }
    await using ours = await startPinhole(dir)
    await using byHand = await start([process.execPath, 'bench/by-hand.ts', dir], {})
    return await measure(ours.origin, byHand.origin, headers)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

async function measure(ours: string, byHand: string, headers: Record<string, string>): Promise<Result[]> {
  await checkAlike(ours, byHand, headers)
  const plain = (url: string): Target => ({ url, headers })
  const packed = (url: string): Target => ({ url, headers: { ...headers, 'accept-encoding': ACCEPT } })
  // What is compared is measured one after the other, so that both see the same other load.
  const targets = {
    // The server was idle before the first target, which makes it 2 % slower than the same target as the second.
    json: plain(`${ours}/api/posts`),
    inbox: plain(`${ours}/api/inbox`),
    handJson: plain(`${byHand}/api/posts`),
    packedJson: packed(`${ours}/api/posts`),
    html: plain(`${ours}/`),
    handHtml: plain(`${byHand}/`),
    packedHtml: packed(`${ours}/`),
    empty: plain(`${ours}/api/library`),
    handEmpty: plain(`${byHand}/api/nothing`),
  }
  await warmUp(...Object.values(targets))
  const speeds = await roundsInTurns(ROUNDS, ...Object.values(targets))
  const at = Object.fromEntries(Object.keys(targets).map((name, i) => [name, speeds[i]!])) as Record<
    keyof typeof targets,
    number[]
  >
  const compare = (
    name: string,
    what: keyof typeof targets,
    to: keyof typeof targets,
    bounds: Pick<Result, 'floor' | 'aim'>,
  ): Result => {
    const { ratio, ours, bound } = compareRounds(at[what], at[to])
    return { name, ratio, ...bounds, bound: `${WORDS[to]}, ${bound}/s: ${ours}/s` }
  }
  return [
    compare('main page, JSON', 'json', 'handJson', { floor: 0.7, aim: 0.9 }),
    compare('main page, HTML', 'html', 'handHtml', { floor: 0.35, aim: 0.6 }),
    compare('inbox, JSON', 'inbox', 'json', { floor: 0.9, aim: 1 }),
    compare('empty list, JSON', 'empty', 'handEmpty', { floor: 0.3, aim: 0.5 }),
    compare('main page, compressed JSON', 'packedJson', 'handJson', { floor: 0.7, aim: 0.9 }),
    compare('main page, compressed HTML', 'packedHtml', 'handHtml', { floor: 0.35, aim: 0.6 }),
  ]
}

const WORDS: Record<string, string> = {
  handJson: 'by hand, uncompressed',
  handHtml: 'by hand, uncompressed',
  json: 'main page, JSON',
  handEmpty: 'the same handler without a database',
}

/** The answers must say the same in about as many bytes, or the comparison says nothing. */
async function checkAlike(ours: string, byHand: string, headers: Record<string, string>) {
  const read = async (url: string) => {
    const answer = await fetch(url, { headers })
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
    return answer.text()
  }
  if (JSON.stringify(JSON.parse(await read(`${ours}/api/posts`))) !== (await read(`${byHand}/api/posts`)))
    throw new Error('The main page by hand is not the same JSON.')
  const [page, pageByHand] = [(await read(`${ours}/`)).length, (await read(`${byHand}/`)).length]
  if (Math.abs(page / pageByHand - 1) > 0.1)
    throw new Error(`The pages differ too much: ${page} characters, by hand ${pageByHand}.`)
}
