import { largePreview } from './bytes'
import type { Somebody } from './people'
import { type Answer, ask, type Scene } from './scene'

const LINK = /\/media\/[\w.~%/-]+/g
const EMBEDDED = /data:image\/[\w+.-]+;base64,([A-Za-z0-9+/=]+)/g

/**
 * Examines an answer: follows every media link in it, measures embedded pictures, and checks that it mentions nothing
 * hidden.
 */
export async function examine(
  scene: Scene,
  who: Somebody,
  door: string,
  path: string,
  answer: Answer,
  seen: Set<string>,
): Promise<void> {
  const { findings, judge } = scene
  const isText = /^(text|application\/(\w+\+)?(json|xml))/.test(answer.type)
  if (!isText) {
    const leak = await judge.leakIn(who, answer.body, Number(/\d+/.exec(path)?.[0] ?? 0), false)
    if (leak) findings.leak(door, who, leak)
    return
  }
  const text = new TextDecoder().decode(answer.body)
  for (const [link] of text.matchAll(LINK)) {
    if (seen.has(link)) continue
    seen.add(link)
    await follow(scene, who, door, link)
  }
  for (const [, base64] of text.matchAll(EMBEDDED)) {
    const tooLarge = largePreview(Buffer.from(base64!, 'base64'))
    if (tooLarge) findings.leak(door, who, `${path}: an embedded picture ${tooLarge}`)
  }
  if (answer.type.startsWith('application/json') && answer.status < 300)
    lookThrough(JSON.parse(text), (what) => tellTale(scene, who, door, what))
}

async function follow(scene: Scene, who: Somebody, door: string, link: string) {
  const { findings, judge } = scene
  const answer = await ask(scene, who, link)
  if (answer.status >= 400) return
  const leak = await judge.leakIn(who, answer.body, Number(/^\/media(?:\/[^/]+){3}\/(\d+)/.exec(link)?.[1] ?? 0))
  if (leak) findings.leak(door, who, leak)
}

type Json = { [name: string]: unknown }

function lookThrough(value: unknown, see: (what: Json) => void) {
  if (Array.isArray(value)) for (const each of value) lookThrough(each, see)
  else if (value && typeof value === 'object') {
    see(value as Json)
    for (const each of Object.values(value)) lookThrough(each, see)
  }
}

/** Reports objects whose existence the person may not know of. */
function tellTale(
  { findings, rules }: Scene,
  who: Somebody,
  door: string,
  { id, author, files, renditions, postId, tag, posts }: Json,
) {
  if (typeof tag === 'string' && typeof posts === 'number' && !rules.mayKnowTag(who, tag))
    findings.leak(door, who, `the answer mentions the tag ${tag}`)
  if (typeof id !== 'number') return
  if (author && files && !rules.mayKnow(who, id)) findings.leak(door, who, `the answer mentions post ${id}`)
  if (author && typeof postId === 'number' && !rules.mayKnow(who, postId))
    findings.leak(door, who, `the answer mentions a comment on post ${postId}`)
  if (renditions && !rules.mayHave(who, id, 'preview')) findings.leak(door, who, `the answer mentions file ${id}`)
}
