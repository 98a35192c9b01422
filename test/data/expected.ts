import { expect } from 'bun:test'
import { readdirSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { auditLedger } from '../../src/coins/audit'
import { auditFiles } from '../../src/files/audit'
import { rebuildInboxes } from '../../src/inbox/rebuild'
import { jobs } from '../../src/jobs/table'
import type { Json, TestApp } from '../harness'
import { cornersOff } from '../photos'

/** The data folders of earlier versions. */
export const oldFolders = readdirSync(import.meta.dir)
  .filter((name) => /^\d{4}$/.test(name))
  .sort()

/** Expects everything that the community of a data folder had, and that it can be used as before. */
export async function expectCommunity(t: TestApp, folder: string) {
  const signIn = async (handle: string) =>
    (await t.api(null, 'POST /sessions', { handle, password: 'a long password' })).body
  const [ann, bob, boss] = [await signIn('ann'), await signIn('bob'), await signIn('boss')]
  expect(ann.user).toMatchObject({
    bio: '사진',
    links: ['https://ann.example.org/'],
    email: 'ann@example.org',
    locale: 'ko',
    posts: 3,
    followers: 1,
  })
  expect((await t.api(boss, 'GET /admin/settings')).body.siteName).toBe('Our pinhole')
  expect((await t.api(bob, 'GET /sessions')).body.items.map(({ name }: Json) => name)).toContain('a phone')
  expect((await t.api(boss, 'GET /invites')).body.items).toMatchObject([{ uses: 5, used: 2 }])

  expect((await t.api(bob, 'GET /coins')).body.balance).toBe(folder < '0002' ? 0 : folder < '0049' ? 50 : 48)
  expect((await auditLedger(t.app.db)).faults).toEqual([])
  expect((await auditFiles(t.app.db, t.app)).faults).toEqual([])

  expect((await t.api(bob, 'GET /inbox')).body.unread).toBe(1)
  await t.runJobs() // unfinished jobs
  const { items, unread } = (await t.api(bob, 'GET /inbox')).body
  expect([items.map(({ caption, read }: Json) => [caption, read]), unread]).toEqual([
    [
      ['not delivered yet', false],
      ['for followers', false],
      ['before anybody followed', true],
    ],
    2,
  ])
  expect(await rebuildInboxes(t.app)).toMatchObject({ added: 0, removed: 0 })
  const told = (await t.api(bob, 'GET /notifications')).body.items.filter(({ kind }: Json) => kind === 'post')
  expect(told.map(({ post }: Json) => post?.caption)).toEqual(['not delivered yet', 'for followers'])
  for (const { files, author } of items) {
    expect(files).toMatchObject([{ status: 'ready', width: 60, height: 40, altText: 'four corners' }])
    for (const url of [files[0].renditions.feed.url, author.avatarUrl]) {
      const answer = await t.request(url, { as: bob })
      expect([answer.status, (await cornersOff(new Uint8Array(await answer.arrayBuffer()))) < 30]).toEqual([200, true])
    }
  }

  if (folder >= '0010') await expectDay(t, { ann, bob, boss })
  if (folder >= '0041') await expectAdditions(t, { ann, bob, boss })
  if (folder >= '0045') await expectAdults(t, { bob, boss })
  if (folder >= '0046') await expectMutedPost(t, { boss })
  if (folder >= '0047') await expectPlace(t, { bob })
  if (folder >= '0048') await expectEndedPurchase(t, { bob })
  if (folder >= '0049') await expectHeldPurchase(t, { bob, boss })
  await t.api(boss, 'PATCH /admin/users/bob', { role: 'moderator' })
  await t.api(boss, 'PATCH /admin/users/bob', { role: 'member' })
  using db = t.openDatabase()
  expect(() => db.run('update actions set at = 0')).toThrow('Recorded actions cannot be changed.')
  expect(() => db.run('delete from actions')).toThrow('Recorded actions cannot be deleted.')

  const { posts, users } = (await t.api(bob, 'GET /search?q=bef')).body
  expect(posts.items.map(({ caption }: Json) => caption)).toEqual(['before anybody followed'])
  expect(users.items).toEqual([])
  expect((await t.api(bob, 'GET /users?near=an')).body.items).toMatchObject([{ handle: 'ann' }])
  if (folder >= '0041') {
    const { posts, tags } = (await t.api(ann, `GET /search?q=${encodeURIComponent('ㅂㄷ')}`)).body
    expect(posts.items.map(({ caption }: Json) => caption)).toEqual(['겨울바다 산책 #바다'])
    expect(tags.items).toEqual([{ tag: '바다', posts: 1 }])
  }

  const post = await t.post({ ...ann, id: ann.user.id }, { caption: 'of today' })
  await t.runJobs()
  expect((await t.api(bob, 'GET /inbox')).body.items[0]).toMatchObject({
    id: post.id,
    caption: 'of today',
    read: false,
  })
  expect((await t.api(ann, 'DELETE /posts/2')).status).toBe(204)
  await t.runJobs()
  expect((await t.api(bob, 'GET /posts/2')).status).toBe(404)
}

/** Expects what `make-0010.ts` added. */
async function expectDay(t: TestApp, { ann, bob, boss }: Record<'ann' | 'bob' | 'boss', Json>) {
  expect((await t.api(bob, 'GET /posts/2')).body).toMatchObject({
    likes: 1,
    comments: 2,
    viewer: { liked: true, bookmarked: true },
  })
  expect((await t.api(bob, 'GET /posts/2/comments')).body.items.map(({ text }: Json) => text)).toEqual([
    '고마워요',
    'How green! @ann',
  ])
  expect((await t.api(ann, 'GET /coins')).body).toEqual({ balance: 5, earned: 5, reserved: 3 })
  expect((await t.api(ann, 'GET /coins/payouts')).body.items).toMatchObject([{ coins: 3, status: 'asked' }])
  expect((await t.api(boss, 'GET /coins/topups')).body.items.map(({ status }: Json) => status)).toEqual([
    'pending',
    'approved',
  ])
  expect((await t.api(boss, 'GET /admin/reports')).body.items).toMatchObject([{ reason: 'a try' }])
  expect((await t.api(boss, 'GET /blocks')).body.items).toMatchObject([{ handle: 'cat' }])
  expect((await t.api(bob, 'GET /notifications/settings')).body.quietHours).toMatchObject({
    from: '23:00',
    timeZone: 'Asia/Seoul',
  })
  expect((await t.api(bob, 'GET /push/subscriptions')).body.items).toMatchObject([{ name: 'a phone' }])
}

/** Expects what `make-0045.ts` added. */
async function expectAdults(t: TestApp, { bob, boss }: Record<'bob' | 'boss', Json>) {
  const { items } = (await t.api(boss, 'GET /users/boss/posts')).body
  const late = items.find(({ adultsOnly }: Json) => adultsOnly)
  expect(late.caption).toBe('Night at the quay')
  expect((await t.api(bob, `GET /posts/${late.id}`)).body.code).toBe('adults_only')
  expect((await t.api(bob, 'GET /users/account')).body.storage.limit).toBe(20_000 * 1024 ** 2)
}

/** Expects what `make-0047.ts` added. */
async function expectPlace(t: TestApp, { bob }: Record<'bob', Json>) {
  const [sea] = (await t.api(bob, 'GET /collections')).body.items
  expect((await t.api(bob, 'GET /posts/draft')).body).toMatchObject({ caption: 'Low tide', collectionId: sea.id })
}

/** Expects what `make-0048.ts` added. */
async function expectEndedPurchase(t: TestApp, { bob }: Record<'bob', Json>) {
  const { items } = (await t.api(bob, 'GET /users/boss/posts')).body
  const noon = items.find(({ caption }: Json) => caption === 'The harbour at noon')
  expect(noon).toMatchObject({ price: 3, viewer: { bought: false } })
  const { balance } = (await t.api(bob, 'GET /coins')).body
  expect((await t.api(bob, `PUT /library/${noon.id}`, { price: 3 })).status).toBe(201)
  expect((await t.api(bob, 'GET /coins')).body.balance).toBe(balance - 3)
  expect((await t.api(bob, 'GET /library')).body.items[0].id).toBe(noon.id)
  expect((await auditLedger(t.app.db)).faults).toEqual([])
}

/** Expects what `make-0049.ts` added. */
async function expectHeldPurchase(t: TestApp, { bob, boss }: Record<'bob' | 'boss', Json>) {
  const dusk = (await t.api(bob, 'GET /library')).body.items.at(-1)
  expect(dusk).toMatchObject({ caption: 'The harbour at dusk', viewer: { bought: true, liked: true } })
  expect((await t.api(bob, `PUT /library/${dusk.id}`, { price: 2 })).status).toBe(200)
  const told = async () =>
    (await t.api(boss, 'GET /notifications')).body.items
      .filter(({ post }: Json) => post?.id === dusk.id)
      .map(({ kind }: Json) => kind)
  expect(await told()).toEqual(['comment', 'like', 'purchase'])
  const [said] = (await t.api(bob, `GET /posts/${dusk.id}/comments`)).body.items
  expect((await t.api(bob, `DELETE /comments/${said.id}`)).status).toBe(204)
  expect(await told()).toEqual(['like', 'purchase'])
}

/** Expects what `make-0046.ts` added. */
async function expectMutedPost(t: TestApp, { boss }: Record<'boss', Json>) {
  expect((await t.api(boss, 'GET /muted-posts')).body.items).toMatchObject([{ id: 1 }])
  expect((await t.api(boss, 'GET /posts')).body.items.map(({ id }: Json) => id)).not.toContain(1)
}

/** Expects what `make-0041.ts` added. */
async function expectAdditions(t: TestApp, { ann, bob, boss }: Record<'ann' | 'bob' | 'boss', Json>) {
  expect((await t.api(null, 'GET /pages/imprint')).body.html).toBe('<p>We are <em>us</em>.</p>')
  expect((await t.api(bob, 'GET /tokens')).body.items).toMatchObject([{ name: 'Mirror', scopes: ['read'] }])
  expect((await t.api(ann, 'GET /posts/draft')).body).toMatchObject({
    caption: '아직',
    price: 25,
    visibility: 'followers',
    files: [{ status: 'ready' }],
  })
  expect((await t.api(bob, 'GET /collections')).body.items).toMatchObject([{ name: '바다', count: 1 }])
  const waits = await t.app.db.select({ payload: jobs.payload }).from(jobs).where(eq(jobs.kind, 'posts.publish'))
  expect(waits).toMatchObject([{ payload: { at: +new Date('2026-12-01T00:00:00Z') } }])
  expect((await t.api(bob, 'GET /users/eun')).body).toMatchObject({ private: true, viewer: { requested: true } })
  expect((await t.api(bob, 'GET /muted-words')).body.items).toMatchObject([{ text: '스포일러' }])
  const [pinned, ...others] = (await t.api(bob, 'GET /users/bob/pins')).body.items
  expect([pinned.caption, others]).toEqual(['겨울바다 산책 #바다', []])
  const [look] = (await t.api(bob, 'GET /looks')).body.items
  expect(look).toMatchObject({ coins: 0, hours: 48, used: 0, open: true })
  expect((await t.api(bob, `GET /posts/${look.postId}`)).body.editedAt).toBeString()
  expect((await t.api(boss, 'GET /admin/words')).body.items).toMatchObject([{ word: 'durian', effect: 'mark' }])
  expect((await t.api(bob, 'GET /hooks')).body.items).toMatchObject([{ url: 'https://hooks.example.org/pinhole' }])
  expect((await t.api(bob, 'GET /oauth/apps')).body.items).toMatchObject([{ name: 'Frame', confidential: false }])
  expect((await t.api(boss, 'GET /admin/appeals')).body.items).toMatchObject([{ text: 'It was quiet.', outcome: null }])
  const { mark } = (await t.api(boss, 'GET /admin/settings')).body
  expect((await t.request(`/marks/${mark}/icon-192.png`)).status).toBe(200)
  const gone = await t.api(null, 'POST /sessions', { handle: 'fay', password: 'a long password' })
  expect([gone.status, gone.body.code]).toEqual([401, 'account_leaving'])
  const half = await t.api(null, 'POST /sessions', { handle: 'eun', password: 'a long password' })
  expect([half.status, half.body.code]).toEqual([401, 'code_required'])
  const { items } = (await t.api(boss, 'GET /admin/actions')).body
  expect(items.filter(({ kind }: Json) => /^(suspension|account|role)_/.test(kind))).toMatchObject([
    { kind: 'suspension_lifted', by: 'boss', on: 'cat' },
    { kind: 'account_suspended', by: 'boss', on: 'cat', reason: 'a try' },
    { kind: 'role_changed', detail: { from: 'moderator', to: 'member' } },
    { kind: 'role_changed', detail: { from: 'member', to: 'moderator' } },
  ])
}
