import { expect, test } from 'bun:test'
import { type Json, type Somebody, testApp } from '../../../test/harness'

const htmx = { 'hx-request': 'true' }

async function withPost() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const { id } = await t.post(ann)
  const say = async (as: Somebody, text: string, parentId?: number): Promise<Json> =>
    (await t.api(as, `POST /posts/${id}/comments`, { text, parentId })).body
  const page = async (path: string, as = ann) => (await t.request(path, { browser: as })).text()
  const send = (path: string, form: Record<string, string> = {}, headers = {}, browser = bob) =>
    t.request(path, { method: 'POST', browser, form, headers })
  return { ...t, ann, bob, id, say, page, send }
}

test('liking and bookmarking work without JavaScript, and HTMX replaces only the button', async () => {
  using t = await withPost()
  for (const mark of ['like', 'bookmark']) {
    const at = `/posts/${t.id}/${mark}`
    const made = await t.send(`${at}?_method=PUT`)
    expect([made.status, made.headers.get('location')]).toEqual([303, `/posts/${t.id}`])
    expect(await t.page('/', t.bob)).toContain(`${at}?_method=DELETE`)
    const gone = await t.send(`${at}?_method=DELETE`, {}, htmx)
    const text = await gone.text()
    expect([gone.status, text.includes(`hx-put="${at}"`), text.includes('<html')]).toEqual([200, true, false])
  }
})

test('forms without JavaScript comment, answer, edit and delete, and each leads to the result', async () => {
  using t = await withPost()
  const made = await t.send(`/posts/${t.id}/comments`, { text: 'by form' })
  expect([made.status, made.headers.get('location')]).toEqual([303, `/posts/${t.id}#comment-1`])
  const answered = await t.send(`/posts/${t.id}/comments`, { text: 'an answer', parentId: '1' })
  expect([answered.status, answered.headers.get('location')]).toEqual([303, '/comments/2#comment-2'])
  expect(await t.page('/comments/2')).toMatch(/by form[\s\S]*an answer/)
  expect(await t.page('/comments/1/edit', t.bob)).toContain('by form</textarea>')
  const changed = await t.send('/comments/1?_method=PATCH', { text: 'changed' })
  expect([changed.status, changed.headers.get('location')]).toEqual([303, '/comments/1#comment-1'])
  const gone = await t.send('/comments/1?_method=DELETE')
  expect([gone.status, gone.headers.get('location')]).toEqual([303, `/posts/${t.id}#comments`])
  const left = await t.page(`/posts/${t.id}`)
  expect([left.includes('changed'), left.includes('an answer')]).toEqual([false, true])
})

test('the text stays in the form when it could not be sent', async () => {
  using t = await withPost()
  const long = 'x'.repeat(2001)
  for (const headers of [{}, htmx]) {
    const answer = await t.send(`/posts/${t.id}/comments`, { text: long, parentId: '7' }, headers)
    const text = await answer.text()
    expect([
      answer.status,
      text.includes(`${long}</textarea>`),
      text.includes('value="7"'),
      text.includes('2,000'),
    ]).toEqual([422, true, true, true])
  }
  const lost = await (await t.send(`/posts/${t.id}/comments`, { text: 'to nobody', parentId: '7' }, htmx)).text()
  expect(lost).toContain('to nobody</textarea>')
  await t.say(t.bob, 'mine')
  const edit = await t.send('/comments/1?_method=PATCH', { text: '' }, htmx)
  expect([edit.status, (await edit.text()).includes('Write something first.')]).toEqual([422, true])
})

test('HTMX gets the new comment, an empty form and the new count', async () => {
  using t = await withPost()
  const answer = await t.send(`/posts/${t.id}/comments`, { text: 'hello @ann <b>' }, htmx)
  const text = await answer.text()
  expect([answer.status, answer.headers.get('location')]).toEqual([201, '/comments/1'])
  expect(text).toContain('hello <a class="named" href="/users/ann">@ann</a> &lt;b&gt;')
  expect(text).toMatch(/id="new-comment"[\s\S]*<\/textarea>[\s\S]*id="comment-1"[\s\S]*hx-swap-oob/)
  const gone = await t.send('/comments/1?_method=DELETE', {}, htmx)
  expect([gone.status, (await gone.text()).includes(`id="comments-${t.id}"`)]).toEqual([200, true])
})

test('threads come newest first with their newest answers and links to the others', async () => {
  using t = await withPost()
  const roots: number[] = []
  for (let i = 0; i < 22; i++) {
    t.pass(1000)
    roots.push((await t.say(t.bob, `root ${i}.`)).id)
  }
  for (let i = 0; i < 5; i++) {
    t.pass(1000)
    await t.say(t.ann, `answer ${i}.`, roots[21])
  }
  const said = (html: string) => [...html.matchAll(/<p class="text">([^<]+)\.</g)].map(([, text]) => text)
  const first = await t.page(`/posts/${t.id}`)
  expect(said(first)).toEqual([
    'root 21',
    'answer 2',
    'answer 3',
    'answer 4',
    ...Array.from({ length: 19 }, (_, i) => `root ${20 - i}`),
  ])
  const [, earlier] = /href="([^"]+parentId=[^"]+)"/.exec(first) ?? []
  const [, next] = /rel="next" href="([^"]+)"/.exec(first) ?? []
  const follow = async (link = '') =>
    said(await (await t.request(link.replaceAll('&amp;', '&'), { browser: t.ann, headers: htmx })).text())
  expect([await follow(earlier), await follow(next)]).toEqual([
    ['answer 0', 'answer 1'],
    ['root 1', 'root 0'],
  ])
  expect(said(await t.page(earlier!.replaceAll('&amp;', '&')))).toEqual(['answer 0', 'answer 1'])
  expect(said(await t.page(next!.replaceAll('&amp;', '&')))).toEqual(['root 1', 'root 0'])
})

test('a link to an answer shows it in its thread, however many answers came after it', async () => {
  using t = await withPost()
  const root = await t.say(t.bob, 'the root')
  const answers: number[] = []
  for (let i = 0; i < 60; i++) {
    t.pass(1000)
    answers.push((await t.say(t.ann, `answer ${i}.`, root.id)).id)
  }
  for (const at of [0, 9, 20, 59]) {
    const page = await t.page(`/comments/${answers[at]}`)
    expect([at, page.includes('the root'), page.includes(`id="comment-${answers[at]}"`)]).toEqual([at, true, true])
  }
})

test('on a public server, visitors can read comments and are asked to sign in to take part', async () => {
  using t = await testApp({ PINHOLE_ACCESS: 'public' })
  const ann = await t.user('ann')
  const { id } = await t.post(ann)
  await t.api(ann, `POST /posts/${id}/comments`, { text: 'for all to read' })
  const page = await (await t.request(`/posts/${id}`)).text()
  expect([page.includes('for all to read'), page.includes('Sign in to comment'), page.includes('<textarea')]).toEqual([
    true,
    true,
    false,
  ])
})
