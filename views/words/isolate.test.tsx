import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'
import { pushWords } from '../push/message'
import { createTranslate } from '.'
import { isolate } from './isolate'

const [FSI, PDI] = ['\u2068', '\u2069']
const LAYLA = 'ليلى'

test('a name is isolated where it could turn the words around it, and only there', () => {
  const t = createTranslate('en')
  const said = (name: string) => t('{name} mentioned you.', { name })
  for (const name of [LAYLA, 'דנה', 'Ann דנה', '𞤀𞤁']) expect(said(name)).toBe(`${FSI}${name}${PDI} mentioned you.`)
  for (const name of ['Ann', '김민수', 'Zoë 1', '👩‍👩‍👧']) expect(said(name)).toBe(`${name} mentioned you.`)
  expect(isolate('Ann', 'rtl')).toBe(`${FSI}Ann${PDI}`)
  expect(t('{n} posts', { n: 3 })).toBe('3 posts')
})

test('elements hold a <bdi>; attributes, titles and fields hold the characters', () => {
  const t = createTranslate('en')
  const text = t('Follow {name}', { name: `${LAYLA} & <b>` })
  const escaped = `${LAYLA} &amp; &lt;b&gt;`
  expect(`${<button aria-label={text}>{text}</button>}`).toBe(
    `<button aria-label="Follow ${FSI}${escaped}${PDI}">Follow <bdi>${escaped}</bdi></button>`,
  )
  expect(`${<title>{text}</title>}`).toBe(`<title>Follow ${FSI}${escaped}${PDI}</title>`)
  expect(`${<textarea>{text}</textarea>}`).toBe(`<textarea>Follow ${FSI}${escaped}${PDI}</textarea>`)
  expect(`${<p>{`alone ${FSI} and ${PDI}${FSI}`}</p>}`).toBe(`<p>alone <bdi> and </bdi>${FSI}</p>`)
})

test('pages, titles and pushes isolate the name of a person, and show plain names as they are', async () => {
  using t = await testApp()
  const [layla, bob] = [await t.user('layla'), await t.user('bob')]
  await t.api(layla, 'PATCH /users/account', { displayName: LAYLA })
  const post = await t.post(layla)
  await t.post(bob)
  await t.api(layla, 'PUT /follows/bob')
  await t.api(bob, 'PUT /follows/layla')
  const page = async (as: typeof bob, path: string) => (await t.request(path, { browser: as })).text()
  expect(await page(bob, '/notifications')).toContain(`<bdi>${LAYLA}</bdi> started following you.`)
  expect(await page(layla, '/notifications')).toContain('<span>bob started following you.</span>')
  const profile = await page(bob, '/users/layla')
  expect(profile).toContain(`<title>${FSI}${LAYLA}${PDI} · Pinhole</title>`)
  expect(profile).toContain(`aria-label="Unfollow ${FSI}${LAYLA}${PDI}"`)
  expect(profile).toContain(`<h2><bdi>${LAYLA}</bdi></h2>`)
  expect(await page(bob, `/posts/${post.id}`)).toContain(`<strong><bdi>${LAYLA}</bdi></strong>`)
  const told = { kind: 'like', count: 1, coins: null, note: null, commentId: null, postId: null } as const
  const titleFor = (displayName: string) => pushWords({ ...told, actors: [{ handle: 'x', displayName }] }, 'en').title
  expect([titleFor(LAYLA), titleFor('Ann')]).toEqual([`${FSI}${LAYLA}${PDI} liked your post.`, 'Ann liked your post.'])
})
