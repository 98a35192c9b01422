import { createECDH, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { contentsOf } from '../push/contents'
import { listDue } from '../push/due-pushes'
import { payloadOf } from '../push/message'
import { subscribe } from '../push/model'
import { queuePost } from '../push/queue'
import { pushOrigins } from '../push/table'
import { examine } from './examine'
import type { Somebody } from './people'
import type { Scene } from './scene'

const DOOR = 'pushes'
/** A push service that does not exist (RFC 2606), so nothing is sent. */
const ORIGIN = 'https://leaktest.invalid'
const MOST = 100_000

/**
 * Examines the push that every person would receive about every published post, using the same rows, permission checks
 * and texts as the server.
 */
export async function tryPushes(scene: Scene): Promise<void> {
  const { app, people, files, rules } = scene
  const postIds = [...new Set(files.flatMap(({ id }) => rules.postOf(id) ?? []))]
  const owners = new Map<number, Somebody>()
  for (const who of people) {
    if (who.id === null) continue
    owners.set(await giveDevice(scene, who.id), who)
    for (const postId of postIds) await app.write((tx) => queuePost(tx, { postId, after: who.id! - 1, last: who.id! }))
  }
  const [origin] = await app.db.select().from(pushOrigins).where(eq(pushOrigins.origin, ORIGIN))
  const due = origin ? await listDue(app.db, origin.id, [], MOST, app.now()) : []
  const subjects = await contentsOf(app.db, due)
  const seen = new Map<Somebody, Set<string>>()
  for (const each of due) {
    const [who, content] = [owners.get(each.device.id), subjects.get(each.push.id)]
    if (!who || !content) continue
    scene.findings.tried(DOOR, who)
    const postId = each.push.postId!
    if (!rules.mayKnow(who, postId)) scene.findings.leak(DOOR, who, `the push mentions post ${postId}`)
    const body = new TextEncoder().encode(JSON.stringify(payloadOf(each, content, app.push.words)))
    const links = seen.get(who) ?? new Set()
    seen.set(who, links)
    await examine(
      scene,
      who,
      DOOR,
      DOOR,
      { status: 200, type: 'application/json', headers: new Headers(), body },
      links,
    )
  }
}

/** Registers a device for a person and returns its id. */
async function giveDevice({ app }: Scene, userId: number): Promise<number> {
  const keys = {
    p256dh: createECDH('prime256v1').generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
  }
  const draft = { endpoint: `${ORIGIN}/${userId}-${randomBytes(8).toString('hex')}`, keys, name: 'leak test' }
  const terms = {
    allowPrivate: true,
    publicKey: app.push.publicKey,
    locale: 'en' as const,
    name: 'leak test',
    now: app.now(),
  }
  return (await app.write((tx) => subscribe(tx, { id: userId, sessionId: null }, draft, terms))).id
}
