import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'
import { createTranslate } from '../../views/words'

const korean = createTranslate('ko')

test('pages use the language of the account, then the browser’s first supported language, then English', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const language = async (accept: string | undefined, browser?: typeof ann) => {
    const answer = await t.request(browser ? '/' : '/sessions/new', {
      browser,
      headers: accept ? { 'accept-language': accept } : {},
    })
    return /<html lang="(\w+)"/.exec(await answer.text())![1]
  }
  expect(
    await Promise.all(
      [
        undefined,
        'ko-KR,ko;q=0.9,en;q=0.8',
        'de,fr',
        'en,ko;q=0.9',
        'de,ko;q=0.5',
        'en;q=0.1,KO;q=0.9',
        '*',
        ';;;',
      ].map((each) => language(each)),
    ),
  ).toEqual(['en', 'ko', 'en', 'en', 'ko', 'ko', 'en', 'en'])
  await t.api(ann, 'PATCH /users/account', { locale: 'ko' })
  expect([await language('en', ann), await language(undefined, ann)]).toEqual(['ko', 'ko'])
  await t.api(ann, 'PATCH /users/account', { locale: null })
  expect(await language('en', ann)).toBe('en')
})

test('problems are translated as well, and their codes stay the same', async () => {
  using t = await testApp()
  const { body } = await t.api(null, 'GET /posts', undefined, { 'accept-language': 'ko' })
  expect([body.code, body.detail]).toEqual(['unauthenticated', korean('Please sign in.')])
  expect(body.detail).toMatch(/\p{Script=Hangul}/u)
  const wrong = await t.api(null, 'POST /users', { handle: 'a', password: 5 }, { 'accept-language': 'ko' })
  for (const { path, message } of wrong.body.errors)
    expect([path, message]).toEqual([path, expect.stringMatching(/\p{Script=Hangul}/u)])
})

test('a shared cache keeps languages apart', async () => {
  using t = await testApp()
  expect((await t.request('/sessions/new')).headers.get('vary')).toContain('Accept-Language')
})
