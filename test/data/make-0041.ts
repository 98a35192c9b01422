import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { handlers } from '../../src/handlers'
import { runNext } from '../../src/jobs/loop'
import { pairPhone } from '../authenticator'
import { testApp } from '../harness'
import { photo as painted } from '../photos'
import { keep } from './keep'

/**
 * Extends the community of version 0011 with actions of the staff, what searches find, a second factor, a page of the
 * host, a time zone, a personal token, a hook, an app, a word that the host wants marked, a removed post with an appeal,
 * an account that is being deleted, a draft, a scheduled post, a collection, a private account that somebody asks to
 * follow, a pinned and edited post, a muted word, a link for a guest and a logo of the community. Eun, who has the second factor and the private
 * account, and Fay, who leaves, are new. The jobs that were waiting stay as they are.
 */
const [from, to] = [join(import.meta.dir, '0011'), join(import.meta.dir, '0041')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)

const password = 'a long password'
const t = await testApp({}, from)
const signIn = async (handle: string) => (await t.api(null, 'POST /sessions', { handle, password })).body
const [ann, bob, boss] = [await signIn('ann'), await signIn('bob'), await signIn('boss')]

async function call(as: typeof ann, what: string, body?: object) {
  const { status } = await t.api(as, what, body)
  if (status >= 300) throw new Error(`${what} was refused: ${status}`)
}

await runNext(t.app, 'rest', { handlers }) // indexes what was there
const walk = await t.post({ ...bob, id: bob.user.id }, { caption: '겨울바다 산책 #바다' })
const fog = await t.post({ ...bob, id: bob.user.id }, { caption: 'Fog over the harbour #sea', visibility: 'followers' })

await call(boss, 'PATCH /admin/users/bob', { role: 'moderator' })
await call(boss, 'PATCH /admin/users/bob', { role: 'member' })
await call(boss, 'PUT /admin/users/cat/suspension', { reason: 'a try' })
await call(boss, 'DELETE /admin/users/cat/suspension')
await call(boss, 'PUT /admin/pages/imprint', { text: 'We are *us*.' })
await call(boss, 'PATCH /admin/settings', { timeZone: 'Asia/Seoul' })
await call(bob, 'POST /tokens', { name: 'Mirror', scopes: ['read'], password })
const { body: collection } = await t.api(bob, 'POST /collections', { name: '바다' })
await call(bob, `PUT /collections/${collection.id}/posts/2`)
const photo = await t.photo(ann.user)
await call(ann, 'PUT /posts/draft', { caption: '아직', price: 25, visibility: 'followers', fileIds: [photo] })
await call(bob, 'POST /posts', {
  caption: 'Spring',
  fileIds: [await t.photo(bob.user)],
  publishAt: '2026-12-01T00:00:00Z',
})
const eun = await t.user('eun', { password })
await pairPhone(t, eun)
await call(eun, 'PATCH /users/account', { private: true })
await call(bob, 'PUT /follows/eun')
await call(bob, 'POST /muted-words', { text: '스포일러' })
await call(bob, `PUT /posts/${walk.id}/pin`)
await call(bob, `PATCH /posts/${fog.id}`, { caption: 'Fog over the old harbour #sea' })
await call(boss, 'POST /admin/words', { word: 'durian', effect: 'mark' })
await call(bob, 'POST /hooks', { url: 'https://hooks.example.org/pinhole', events: ['post'] })
await call(bob, 'POST /oauth/apps', { name: 'Frame', redirectUris: ['https://app.example.org/back'] })
const lost = await t.post({ ...bob, id: bob.user.id }, { caption: 'Too loud' })
await call(boss, `DELETE /admin/posts/${lost.id}`)
await call(bob, 'POST /appeals', { postId: lost.id, text: 'It was quiet.' })
const fay = await t.user('fay', { password })
await call(fay, 'DELETE /users/account', { password })
await call(bob, 'POST /looks', { postId: fog.id, kind: 'hours', hours: 48 })

const logo = new FormData()
logo.append('file', new File([new Uint8Array(await painted().png().toBuffer())], 'logo.png'))
await t.request('/api/admin/settings/mark', { method: 'PUT', as: boss, body: logo })
await keep(t, to)
