import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { testApp } from '../harness'

/**
 * Extends the community of version 0002 with a day of activity in this version: likes, comments, payments, blocks and
 * settings.
 */
const [from, to] = [join(import.meta.dir, '0002'), join(import.meta.dir, '0010')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)

const t = await testApp({}, from)
const signIn = async (handle: string) =>
  (await t.api(null, 'POST /sessions', { handle, password: 'a long password' })).body
const [ann, bob, boss] = [await signIn('ann'), await signIn('bob'), await signIn('boss')]

async function succeed(as: typeof ann, call: string, body?: unknown) {
  const answer = await t.api(as, call, body)
  if (answer.status >= 300) throw new Error(`${call}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
await succeed(bob, 'PUT /posts/2/like')
await succeed(bob, 'PUT /posts/2/bookmark')
const comment = await succeed(bob, 'POST /posts/2/comments', { text: 'How green! @ann' })
await succeed(ann, 'POST /posts/2/comments', { text: '고마워요', parentId: comment.id })
await succeed(bob, 'POST /reports', { postId: 2, reason: 'a try' })
await succeed(boss, 'POST /coins/topups', { coins: 20, note: 'cash' })
await succeed(boss, 'PATCH /admin/topups/1', { status: 'approved', note: 'thanks' })
await succeed(boss, 'POST /coins/topups', { coins: 5, note: 'more cash' })
await succeed(boss, 'POST /coins/tips', { handle: 'ann', coins: 8 })
await succeed(boss, 'PATCH /admin/settings', { payouts: 'on', payoutHoldDays: 0, payoutMinCoins: 1 })
await succeed(ann, 'POST /coins/payouts', { coins: 3 })
await succeed(bob, 'PATCH /notifications/settings', {
  quietHours: { on: true, from: '23:00', until: '07:00', timeZone: 'Asia/Seoul' },
})
const keys = {
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
}
await succeed(bob, 'POST /push/subscriptions', { endpoint: 'https://push.invalid/bob', keys, name: 'a phone' })
for (const handle of ['cat', 'dan']) await t.user(handle)
await succeed(boss, 'PUT /blocks/cat')
await succeed(boss, 'PUT /admin/users/dan/suspension', { reason: 'not a person' })

using books = t.openDatabase()
books.run('vacuum into ?', [join(t.dir, 'packed.sqlite')])
cpSync(from, to, { recursive: true })
cpSync(join(t.dir, 'packed.sqlite'), join(to, 'pinhole.sqlite'))
cpSync(join(t.dir, 'secrets.json'), join(to, 'secrets.json'))
t[Symbol.dispose]()
