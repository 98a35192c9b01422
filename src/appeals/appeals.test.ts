import { expect, test } from 'bun:test'
import { type As, type Json, problem } from '../../test/harness'
import { mailApp, PASSWORD } from '../../test/mail-app'

async function court() {
  const t = await mailApp()
  const boss = await t.user('boss', { role: 'admin' })
  const mod = await t.user('mod', { role: 'moderator' })
  const ann = await t.reachable('ann')
  const bob = await t.user('bob', { password: PASSWORD })
  const open = async (as: As = mod) => (await t.api(as, 'GET /admin/appeals')).body.items as Json[]
  const settle = (as: As, id: number, body: object) => t.api(as, `PATCH /admin/appeals/${id}`, body)
  const notes = async (as: As) => (await t.api(as, 'GET /notifications')).body.items.map(({ note }: Json) => note)
  return { ...t, boss, mod, ann, bob, open, settle, notes }
}

test('a suspended person answers once, and is let in again and told when the staff agree', async () => {
  await using t = await court()
  const answer = (password = PASSWORD, text = 'It was a mistake.') =>
    t.api(null, 'POST /appeals', { handle: '@ann', password, text })
  expect(await answer()).toEqual(problem(409, 'not_suspended'))
  await t.api(t.mod, 'PUT /admin/users/ann/suspension', { reason: 'Spam.' })
  expect(await answer('a wrong password')).toEqual(problem(401, 'unauthenticated'))
  const form = { handle: 'ann', password: PASSWORD }
  const refused = await t.request('/sessions', { method: 'POST', form })
  expect(await refused.text()).toContain('href="/appeals/new"')
  const sent = await t.request('/appeals', { method: 'POST', form: { ...form, text: 'It was a mistake.' } })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/appeals/sent'])
  expect(await answer()).toEqual(problem(409, 'already_appealed'))
  expect(await t.notes(t.mod)).toEqual(['A member answered a decision. Please look at it again.'])
  const [appeal] = await t.open()
  expect(appeal).toMatchObject({ about: 'suspension', reason: 'Spam.', user: { handle: 'ann' }, outcome: null })
  expect(await t.settle(t.bob, appeal.id, { outcome: 'granted' })).toEqual(problem(403, 'forbidden'))
  expect((await t.settle(t.mod, appeal.id, { outcome: 'granted', answer: 'Sorry.' })).body.outcome).toBe('granted')
  expect(await t.settle(t.mod, appeal.id, { outcome: 'denied' })).toEqual(problem(409, 'settled'))
  await t.runJobs()
  const mail = t.smtp.mails.find(({ to, text }) => to === t.ann.email && text.includes('lifted the suspension'))
  expect(mail?.text).toContain('Sorry.')
  expect((await t.api(null, 'POST /sessions', { handle: 'ann', password: PASSWORD })).status).toBe(201)
  t.pass(1000)
  await t.api(t.mod, 'PUT /admin/users/ann/suspension', { reason: 'Again.' })
  expect((await answer()).status).toBe(201) // another decision
})

test('an author answers the removal of a post or comment once, and both sides are told', async () => {
  await using t = await court()
  const [post, other] = [await t.post(t.ann), await t.post(t.bob)]
  const said = (await t.api(t.ann, `POST /posts/${other.id}/comments`, { text: 'Hello.' })).body
  await t.api(t.mod, `DELETE /admin/posts/${post.id}`)
  await t.api(t.mod, `DELETE /comments/${said.id}`)
  expect(await t.notes(t.ann)).toContain('The staff removed something of yours. You can answer once.')
  const removed = async () => (await t.api(t.ann, 'GET /appeals')).body.items
  expect((await removed()).map(({ about, id }: Json) => [about, id])).toEqual([
    ['comment', said.id],
    ['post', post.id],
  ])
  const answer = (as: As, body: object) => t.api(as, 'POST /appeals', { text: 'Why?', ...body })
  expect(await answer(t.bob, { postId: post.id })).toEqual(problem(404, 'not_found'))
  expect(await answer(t.bob, { postId: other.id })).toEqual(problem(404, 'not_found'))
  for (const body of [{ postId: post.id }, { commentId: said.id }]) {
    expect((await answer(t.ann, body)).status).toBe(201)
    expect(await answer(t.ann, body)).toEqual(problem(409, 'already_appealed'))
  }
  const appeals = await t.open()
  await t.settle(t.mod, appeals[0].id, { outcome: 'denied', answer: 'Read the rules.' })
  await t.settle(t.boss, appeals[1].id, { outcome: 'granted' })
  expect((await removed()).map(({ appeal }: Json) => [appeal.outcome, appeal.answer])).toEqual([
    ['denied', 'Read the rules.'],
    ['granted', null],
  ])
  expect(await t.notes(t.ann)).toEqual(
    expect.arrayContaining(['The staff agree with your answer.', 'The staff stay with their decision.']),
  )
  const page = await (await t.request('/appeals', { browser: t.ann })).text()
  expect(page).toContain('Read the rules.')
  expect(await t.open()).toEqual([])
})

test('appeals of the staff are for administrators', async () => {
  await using t = await court()
  const peer = await t.user('peer', { role: 'moderator' })
  const post = await t.post(peer)
  await t.api(t.boss, `DELETE /admin/posts/${post.id}`)
  const { id } = (await t.api(peer, 'POST /appeals', { postId: post.id, text: 'Why?' })).body
  expect([await t.open(t.mod), (await t.open(t.boss)).length]).toEqual([[], 1])
  expect(await t.settle(t.mod, id, { outcome: 'granted' })).toEqual(problem(403, 'forbidden'))
  expect(await t.settle(peer, id, { outcome: 'granted' })).toEqual(problem(403, 'forbidden'))
  expect((await t.settle(t.boss, id, { outcome: 'granted' })).status).toBe(200)
})

test('somebody who is leaving has no suspension to answer', async () => {
  using t = await court()
  const cyd = await t.user('cyd', { password: PASSWORD })
  await t.api(cyd, 'DELETE /users/account', { password: PASSWORD })
  const answer = () => t.api(null, 'POST /appeals', { handle: 'cyd', password: PASSWORD, text: 'Why?' })
  expect(await answer()).toEqual(problem(409, 'not_suspended'))
  await t.api(t.boss, 'PUT /admin/users/cyd/suspension', { reason: 'Spam.' })
  expect((await answer()).status).toBe(201)
})
