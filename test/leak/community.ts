import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import sharp from 'sharp'
import { createFile } from '../../src/files/model'
import { markReady } from '../../src/files/processed'
import { files } from '../../src/files/table'
import { refund } from '../../src/library/refund'
import { purchases } from '../../src/library/table'
import { sha256Of } from '../../src/media/hash'
import { captionFile, IMAGE_RENDITIONS, renditionFile } from '../../src/media/renditions'
import { removePost } from '../../src/posts/delete'
import { deleteAccount } from '../../src/users/account'
import { confirmAdult } from '../../src/users/adults/model'
import type { Somebody } from '../harness'
import { type Market, market } from '../market'

export type Community = Awaited<ReturnType<typeof community>>

/** Pixels on the longer side. The blurred rendition has its largest allowed size. */
const SIZES = { thumb: 60, feed: 80, full: 100, blurred: 32 }

/**
 * A picture of noise, so that no two pictures share a run of bytes. Its renditions are stored as the media worker
 * stores them.
 */
async function picture({ app, dir }: Market, { id: ownerId }: { id: number }, ready = true): Promise<number> {
  const noise = {
    create: {
      width: 100,
      height: 70,
      channels: 3 as const,
      background: 'grey',
      noise: { type: 'gaussian' as const, mean: 128, sigma: 60 },
    },
  }
  const original = await sharp(noise).png().toBuffer()
  const draft = { uploadId: null, name: 'a.png', type: 'image/png', kind: 'image' as const, bytes: original.length }
  const { id } = await app.write((tx) => createFile(tx, { id: ownerId }, draft, 1e9, app.now()))
  const at = (name: string) => join(dir, 'media', String(id), name)
  for (const folder of ['full', 'preview']) await mkdir(at(folder), { recursive: true })
  await Bun.write(at('original'), original)
  if (!ready) return id
  await Bun.write(at(renditionFile('uncut')), await sharp(original).resize(70).webp().toBuffer())
  for (const name of IMAGE_RENDITIONS)
    await Bun.write(at(renditionFile(name)), await sharp(original).resize(SIZES[name]).webp().toBuffer())
  // a photo has none of these, but the rules for them are the same
  for (const name of ['hls', '360p', '360p-list', 'scrub'] as const)
    await Bun.write(at(renditionFile(name)), `${name} ${id}`)
  const words = `WEBVTT\n\n00:00.000 --> 00:01.000\nWords of file ${id}\n`
  const captions = { ko: { bytes: words.length, sha256: sha256Of(Buffer.from(words)) } }
  await Bun.write(at(captionFile('ko', captions.ko.sha256)), words)
  await app.write((tx) => tx.update(files).set({ kind: 'video', captions }).where(eq(files.id, id)))
  const renditions = Object.fromEntries(
    [...IMAGE_RENDITIONS, 'hls', 'scrub'].map((name) => [
      name,
      { type: 'image/webp', width: 60, height: 1, bytes: 1, sha256: '' },
    ]),
  )
  const blurred = Buffer.from(await Bun.file(at(renditionFile('blurred'))).bytes())
  const placeholder = `data:image/webp;base64,${blurred.toString('base64')}`
  await app.write((tx) =>
    markReady(tx, id, { width: 100, height: 70, duration: null, placeholder, sha256: '', renditions }),
  )
  return id
}

/**
 * A community in which everything that can happen to a post has happened. Bob buys posts, Dan gets refunds and Eve
 * follows. Ann blocks Eve, and also Pat, who has bought a post. Kim is suspended. Ida's account is private: Bob follows
 * her and buys a post, Eve asks to follow her.
 */
export async function community(env: Record<string, string> = {}) {
  const m = await market({ PINHOLE_RATE_LIMITS: 'off', ...env })
  const [dan, zoe, kim, pat] = [await m.user('dan'), await m.user('zoe'), await m.user('kim'), await m.user('pat')]
  const ida = await m.user('ida')
  const post = async (by: Somebody, draft: object = {}, pictures = 1) => {
    const fileIds: number[] = []
    for (let i = 0; i < pictures; i++) fileIds.push(await picture(m, by))
    return m.post(by, { ...draft, fileIds })
  }
  for (const [fan, idols] of [
    [m.bob, ['ann', 'eve', 'kim', 'ida']],
    [m.eve, ['ann']],
    [dan, ['ann']],
  ] as const)
    for (const idol of idols) await m.api(fan, `PUT /follows/${idol}`)
  for (const rich of [m.bob, dan, pat]) await m.grant(rich, 1000)

  const free = await post(m.ann, { caption: 'Open sea #shore' }, 2)
  const paid = await post(m.ann, { price: 30, caption: 'paid' })
  const friends = await post(m.ann, { visibility: 'followers', caption: 'Inner sea #inner' })
  const both = await post(m.ann, { visibility: 'followers', price: 10, caption: 'Both sea #inner' })
  const sold = await post(m.ann, { price: 20, caption: 'Sold sea #sold' })
  const removed = await post(m.ann, { price: 20, caption: 'Removed sea #removed' })
  const gone = await post(m.ann, { caption: 'Gone sea #gone' })
  await m.app.write((tx) => confirmAdult(tx, null, m.ann, m.app.now()))
  await post(m.ann, { adultsOnly: true, caption: 'Late sea #late' })
  await post(m.ann, { adultsOnly: true, price: 10, caption: 'Late paid sea #late' })
  await post(m.eve)
  await post(m.eve, { price: 5 })
  await post(zoe)
  const spam = await post(kim, { caption: 'spam sea #spam' })
  const sealed = await post(kim, { price: 5 })
  const hers = await post(ida, { caption: 'Hers sea #hers' })
  const soldByHer = await post(ida, { price: 5, caption: 'Her paid sea #hers' })
  await m.runJobs() // delivers to inboxes and sends notifications
  await m.post(m.ann, { fileIds: [await picture(m, m.ann), await picture(m, m.ann, false)] })
  await m.api(m.ann, 'PATCH /users/account', { avatarFileId: await picture(m, m.ann) })
  await picture(m, m.eve) // in no post

  await m.api(kim, 'PATCH /users/account', { avatarFileId: await picture(m, kim) })
  await m.buy(m.bob, sealed)
  await m.buy(pat, paid)
  await m.buy(m.bob, soldByHer)
  await m.api(ida, 'PATCH /users/account', { private: true })
  await m.api(m.eve, 'PUT /follows/ida')
  for (const buyer of [m.bob, dan]) for (const item of [paid, both, sold, removed]) await m.buy(buyer, item)
  const { write, now, db } = m.app
  for (const { id } of [paid, removed]) {
    const [purchase] = await db
      .select()
      .from(purchases)
      .where(and(eq(purchases.buyerId, dan.id), eq(purchases.postId, id)))
    await write((tx) => refund(tx, purchase!, m.ann.id, now()))
  }
  await m.api(m.ann, `DELETE /posts/${sold.id}`)
  await m.api(m.ann, `DELETE /posts/${gone.id}`)
  // Its files stay on disk until the job runs.
  await write((tx) => removePost(tx, { ...m.boss, role: 'admin' }, removed.id, now()))
  await write((tx) => deleteAccount(tx, zoe, now(), { forfeit: true }))
  await m.api(dan, 'DELETE /follows/ann') // earlier notifications remain
  for (const { id } of [friends, spam, sealed])
    await m.api(m.bob, 'POST /reports', { postId: id, reason: 'For the desk.' })
  for (const handle of ['eve', 'pat']) await m.api(m.ann, `PUT /blocks/${handle}`)
  await m.api(m.boss, 'PUT /admin/users/kim/suspension', { reason: 'Spam.' })
  return { ...m, dan, zoe, kim, pat, ida, hers, spam, sealed, free, paid, friends, both, sold, removed, gone }
}
