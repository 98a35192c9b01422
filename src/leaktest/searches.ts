import { wordsOf } from '../db/search-text'
import { jobs } from '../jobs/table'
import { sample } from './bytes'
import { examine } from './examine'
import type { Somebody } from './people'
import { ask, type Scene } from './scene'

/** How many owners search. The other kinds of people have few members. */
const OWNERS = 5
/** How many captions, tags and people are searched for. */
const CAPTIONS = 60
const TAGS = 30
const PEOPLE = 20

type Found = { posts?: { items: { id: number }[]; nextCursor: string | null }; users?: { items: { id: number }[] } }

/** Searches for what hidden posts and people are called, as every kind of person, and asks for tags and suggestions. */
export async function trySearches(scene: Scene): Promise<void> {
  const { rules, files, people, app } = scene
  const postIds = [...new Set(files.flatMap(({ id }) => rules.postOf(id) ?? []))]
  const captioned = sample(
    postIds.filter((id) => wordsOf(rules.captionOf(id)).length),
    CAPTIONS,
  )
  const handles = files.flatMap(({ id }) => rules.handleOf(rules.ownerOf(id) ?? 0) ?? [])
  const tags = sample(rules.tags(), TAGS)
  const queries = new Set([
    ...captioned.flatMap((id) => [queryOf(rules.captionOf(id)), rules.captionOf(id).trim().slice(0, 2)]),
    ...tags,
    ...sample([...new Set(handles)], PEOPLE),
  ])
  const isFilled = (await app.db.select().from(jobs)).every(({ kind }) => kind !== 'search.fill')
  const newest = Math.max(0, ...postIds.map((id) => +(rules.publishedAt(id) ?? 0)))
  let owners = 0
  for (const who of people) {
    if (who.kind === 'owner' && owners++ >= OWNERS) continue
    const seen = new Set<string>()
    const look = (door: string, path: string) => lookAt(scene, who, door, path, seen)
    for (const q of queries) {
      const found = await look('/api/search', `/api/search?${new URLSearchParams({ q, limit: '100' })}`)
      judgePeople(scene, who, '/api/search', found?.users?.items)
      const near = await look('/api/users', `/api/users?${new URLSearchParams({ near: q, limit: '100' })}`)
      judgePeople(scene, who, '/api/users', near?.items)
    }
    judgePeople(scene, who, '/api/users', (await look('/api/users', '/api/users?limit=100'))?.items)
    for (const tag of tags) await look('/api/tags/:tag', `/api/tags/${encodeURIComponent(tag)}?limit=100`)
    await look('/api/explore', '/api/explore?limit=100')
    // What was liked when the newest post appeared, in case there was none for weeks.
    await look('/api/explore', `/api/explore?limit=100&cursor=${newest}_0`)
    if (isFilled) for (const id of captioned) await mustFind(scene, who, id)
  }
}

/** The beginning of a caption, as a query. */
const queryOf = (caption: string) => wordsOf(caption).slice(0, 5).join(' ').slice(0, 100)

async function lookAt(scene: Scene, who: Somebody, door: string, path: string, seen: Set<string>) {
  scene.findings.tried(door, who)
  const answer = await ask(scene, who, path)
  if (answer.status >= 500) scene.findings.shut(door, who, `${path} answered ${answer.status}`)
  await examine(scene, who, door, path, answer, seen)
  return answer.status < 300
    ? (JSON.parse(new TextDecoder().decode(answer.body)) as Found & { items?: { id: number }[] })
    : undefined
}

function judgePeople({ rules, findings }: Scene, who: Somebody, door: string, people: { id: number }[] = []) {
  for (const { id } of people) if (!rules.mayFind(who, id)) findings.leak(door, who, `the answer mentions person ${id}`)
}

/** Authors find their own published posts. A search that finds nothing would prove nothing. */
async function mustFind(scene: Scene, who: Somebody, postId: number) {
  const { rules, findings } = scene
  if (rules.authorOf(postId) !== who.id || !rules.publishedAt(postId) || !rules.mayKnow(who, postId)) return
  const q = queryOf(rules.captionOf(postId))
  const path = `/api/search?${new URLSearchParams({ q, in: 'posts', limit: '100' })}`
  const found = await lookAt(scene, who, '/api/search', path, new Set())
  const { items = [], nextCursor } = found?.posts ?? {}
  if (!nextCursor && !items.some(({ id }) => id === postId))
    findings.shut('/api/search', who, `their own post ${postId} is not found by its caption`)
}
