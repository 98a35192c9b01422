import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'

const FORM = 'application/x-www-form-urlencoded'

test('a body is read as UTF-8 or refused, so that no damaged text is stored', async () => {
  using t = await testApp()
  const as = await t.user('ann')
  const send = async (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
    path = '/api/users/account',
  ) => {
    const answer = await t.request(path, { as, method: 'PATCH', body, headers })
    return [answer.status, answer.status < 400 ? null : (await answer.json()).code]
  }
  const bio = JSON.stringify({ bio: 'Crème brûlée' })
  const json = (more = '') => ({ 'content-type': `application/json${more}` })
  expect(await send(bio, json())).toEqual([200, null])
  expect(await send(bio, json('; charset=UTF-8'))).toEqual([200, null])
  expect(await send(bio, { ...json(), 'content-encoding': 'identity' })).toEqual([200, null])
  expect(await send(Buffer.from(bio, 'latin1'), json('; charset=iso-8859-1'))).toEqual([415, 'unsupported_media'])
  expect(await send(Bun.gzipSync(bio), { ...json(), 'content-encoding': 'gzip' })).toEqual([415, 'unsupported_media'])
  expect(await send(Buffer.from(bio, 'latin1'), json())).toEqual([400, 'unreadable'])
  expect(await send('bio=Cr%C3%A8me+100%', { 'content-type': FORM })).toEqual([200, null])
  expect(await send('bio=Cr%E8me', { 'content-type': FORM })).toEqual([400, 'unreadable'])
  expect((await t.api(as, 'GET /users/account')).body.bio).toBe('Crème 100%')
})
