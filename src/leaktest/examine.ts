import { largePreview } from './bytes'
import type { Somebody } from './people'
import { type Answer, ask, type Scene } from './scene'

const LINK = /\/media\/[\w.~%/-]+/g
const EMBEDDED = /data:image\/[\w+.-]+;base64,([A-Za-z0-9+/=]+)/g

/** An answer somebody got: every link to bytes in it is followed, what is embedded is measured, and nothing hidden is told of. */
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
    if (tooLarge) findings.leak(door, who, `${path}: a picture in it ${tooLarge}`)
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

/** That something is there is a secret, too. */
function tellTale(
  { findings, rules }: Scene,
  who: Somebody,
  door: string,
  { id, author, files, renditions, postId }: Json,
) {
  if (typeof id !== 'number') return
  if (author && files && !rules.mayKnow(who, id)) findings.leak(door, who, `post ${id} is told of`)
  if (author && typeof postId === 'number' && !rules.mayKnow(who, postId))
    findings.leak(door, who, `a comment on post ${postId} is told of`)
  if (renditions && !rules.mayHave(who, id, 'preview')) findings.leak(door, who, `file ${id} is told of`)
}
