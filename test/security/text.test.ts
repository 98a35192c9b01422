import { beforeAll, expect, test } from 'bun:test'
import { password, scriptOf } from '../acceptance/script'
import { testApp } from '../harness'
import { photo } from '../photos'
import { pinhole } from '../process'
import { serverWith } from './server'

/**
 * Breaks out of whatever contains it: an attribute, a textarea, a title or a script. An element or attribute named
 * `pwn` means that it worked.
 */
const TRAP = `"'\`></title></textarea></script><pwn pwn=1 hx-get=/pwn>&lt;pwn&gt;`
const SHORT = `"'></title><pwn pwn=1 hx-on=1>`

const { server, ann } = await serverWith(['ann'], { PINHOLE_LOG: 'text' })
let pages: string[]
beforeAll(async () => {
  await scriptOf(server.address, ann.token).ask('PATCH /users/account', { displayName: SHORT, bio: TRAP })
  const agent = { 'user-agent': TRAP, 'content-type': 'application/json' }
  await server.fetch('/api/sessions', {
    method: 'POST',
    headers: agent,
    body: JSON.stringify({ handle: 'ann', password }),
  })
  await server.boss.ask('PATCH /admin/settings', { siteName: SHORT })
  await server.boss.ask('POST /admin/users/ann/grants', { coins: 5, note: TRAP })
  await server.boss.ask('PUT /follows/ann')
  const file = await ann.upload(await photo().jpeg().toBuffer(), `${TRAP}.jpg`)
  await ann.ask(`PATCH /files/${file}`, { altText: TRAP })
  const { id } = await ann.ask('POST /posts', { caption: TRAP, fileIds: [file] })
  await ann.published(id)
  await ann.upload(await photo().png().toBuffer(), `${TRAP}.png`)
  const own = [
    '/',
    `/posts/${id}`,
    `/posts/${id}/edit`,
    '/posts/new',
    '/users/ann',
    '/users/ann/followers',
    '/users/account',
    '/sessions',
  ]
  const staff = ['/admin', '/admin/users', '/admin/jobs', '/admin/settings', '/admin/vouchers', '/inbox', '/api/docs']
  const reflected = [
    '/posts?cursor=',
    '/sessions/new?next=/',
    '/users/new?invite=',
    '/setup?token=',
    '/users/resets/new?token=',
    '/nothing/',
    '/users/',
  ]
  pages = [
    ...own,
    '/notifications',
    '/files',
    '/coins',
    '/library',
    '/invites',
    ...staff,
    ...reflected.map((path) => path + encodeURIComponent(TRAP)),
  ]
})

/**
 * Everything in a page that a member's text must not have created, found by a parser instead of by searching the text.
 */
async function injectedInto(page: Response): Promise<string[]> {
  const found: string[] = []
  const parser = new HTMLRewriter().on('*', {
    element(element) {
      const attributes = [...element.attributes] as [string, string][]
      if (
        element.tagName === 'pwn' ||
        ['base', 'iframe', 'object', 'embed', 'style', 'svg script'].includes(element.tagName)
      )
        found.push(element.tagName)
      if (element.tagName === 'script' && !element.getAttribute('src')?.startsWith('/assets/'))
        found.push('inline script')
      for (const [name, value] of attributes) {
        if (name === 'pwn' || /^on/.test(name) || name === 'style' || name === 'srcdoc' || /^hx-on/.test(name))
          found.push(`${name}=${value}`)
        if (
          /^(href|src|action|formaction|hx-(get|post|put|patch|delete))$/.test(name) &&
          /^\s*(javascript|vbscript|data:text)|\/pwn/i.test(value)
        )
          found.push(`${name}=${value}`)
      }
    },
  })
  await parser.transform(page).text()
  return found
}

test('the parser finds injected elements and attributes', async () => {
  const bad = `<p>${TRAP}</p><a href="JavaScript:1">a</a><img onerror=1><script>1</script><iframe></iframe>`
  expect((await injectedInto(new Response(bad))).length).toBeGreaterThan(5)
})

test('what people write appears as text on every page, for every viewer', async () => {
  let seen = 0
  for (const path of pages)
    for (const who of [ann, server.boss, null])
      for (const htmx of [{}, { 'hx-request': 'true' }]) {
        const headers = { ...(who && { cookie: `session=${who.token}` }), ...htmx } as Record<string, string>
        const answer = await server.fetch(path, { headers })
        const text = await answer.text()
        if (text.includes('pwn')) seen++
        expect([path, answer.status < 500, await injectedInto(new Response(text))]).toEqual([path, true, []])
      }
  expect(seen).toBeGreaterThan(60) // the text did appear
})

test('a form that failed shows the entered values as text', async () => {
  const forms = [
    ['/sessions', { handle: TRAP, password: TRAP, next: TRAP }],
    ['/users', { handle: TRAP, password: TRAP, displayName: TRAP, email: TRAP, invite: TRAP }],
    ['/users/resets', { token: TRAP, password: TRAP }],
    ['/setup', { token: TRAP, handle: TRAP, password: TRAP }],
    ['/users/account?_method=PATCH', { displayName: TRAP.repeat(9), bio: TRAP.repeat(9), links: TRAP, email: TRAP }],
    ['/coins/redemptions', { code: TRAP }],
  ] as const
  for (const [path, form] of forms)
    for (const htmx of [{}, { 'hx-request': 'true' }]) {
      const headers = { cookie: `session=${ann.token}`, 'sec-fetch-site': 'same-origin', ...htmx }
      const answer = await server.fetch(path, { method: 'POST', headers, body: new URLSearchParams(form) })
      const text = await answer.text()
      expect([
        path,
        answer.status >= 400 && answer.status < 500,
        text.includes(`value="${TRAP}`),
        await injectedInto(new Response(text)),
      ]).toEqual([path, true, false, []])
    }
})

test('links must be web addresses, colours must be colours and email addresses must be valid', async () => {
  const links = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<pwn>',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.test',
    'https:evil',
    'http://localhost',
    'https://',
    ' ',
  ]
  for (const link of links)
    expect([link, (await ann.call('PATCH /users/account', { links: [link] })).status]).toEqual([link, 422])
  const sly = `https://a.test/"onpwn="1' onpwn='1`
  await ann.call('PATCH /users/account', { links: [sly] })
  expect(await injectedInto(await server.fetch('/users/ann', { headers: { cookie: `session=${ann.token}` } }))).toEqual(
    [],
  )
  for (const email of [`"<pwn>"@a.test`, 'a@a.test\r\nBcc: b@b.test', 'a@a', `a@a.test"><pwn>`])
    expect([email, (await ann.call('PATCH /users/account', { email })).status]).toEqual([email, 422])
  for (const accent of ['red', '#fff', '#d2542a;}body{background:url(//evil.test)', '#d2542a\n}', 'url(x)'])
    expect([accent, (await server.boss.call('PATCH /admin/settings', { accent })).status]).toEqual([accent, 422])
})

test('links to other sites have rel nofollow and noopener', async () => {
  await ann.ask('PATCH /users/account', { links: ['https://a.test/'] })
  const page = await server
    .fetch('/users/ann', { headers: { cookie: `session=${ann.token}` } })
    .then((answer) => answer.text())
  expect(page).toMatch(/<a href="https:\/\/a\.test\/" rel="[^"]*\bnofollow\b[^"]*\bnoopener\b/)
})

test('JSON is never served as a page', async () => {
  for (const path of ['/api/users/ann', '/api/posts', '/api/nothing', '/api/openapi.json', '/api/users/account']) {
    const { headers } = await server.fetch(path, {
      headers: { authorization: `Bearer ${ann.token}`, accept: 'text/html' },
    })
    expect([path, headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
      path,
      expect.stringMatching(/^application\/(problem\+)?json/),
      'nosniff',
    ])
  }
})

test('every response that contains a page forbids scripts, frames and sniffing', async () => {
  for (const path of [
    '/',
    '/media/x',
    '/media/1/1.0/x/1.0/full/a',
    '/assets/nothing',
    '/nothing',
    '/api/docs',
    '/healthz',
    '/theme.css',
    '/source',
  ]) {
    const { headers } = await server.fetch(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect([
      path,
      policy.includes("default-src 'none'"),
      policy.includes('unsafe'),
      headers.get('x-content-type-options'),
    ]).toEqual([path, true, false, 'nosniff'])
    expect([path, headers.get('x-frame-options'), headers.get('server'), headers.get('x-powered-by')]).toEqual([
      path,
      'DENY',
      null,
      null,
    ])
  }
})

test('responses that contain the requested host name are not stored by caches', async () => {
  for (const path of ['/api/openapi.json', '/sessions/new', '/invites', '/admin/users'])
    expect([path, (await server.fetch(path, { headers: { host: 'evil.test' } })).headers.get('cache-control')]).toEqual(
      [path, 'private, no-cache'],
    )
  const token = { authorization: `Bearer ${ann.token}`, 'content-type': 'application/json' }
  const invite = async (headers: Record<string, string>) =>
    (await (
      await server.fetch('/api/invites', { method: 'POST', headers: { ...token, ...headers }, body: '{}' })
    ).json()) as { url: string }
  expect(
    (await invite({ 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https', forwarded: 'host=evil.test' })).url,
  ).toStartWith(`${server.address}/`)
})

test('a link made for a person leads to the public address, whatever host was requested', async () => {
  using t = await testApp({ PINHOLE_URL: 'https://photos.test' })
  const boss = await t.user('boss', { role: 'admin' })
  for (const call of ['POST /invites', 'POST /admin/users/boss/resets'])
    expect((await t.api(boss, call, {}, { host: 'evil.test' })).body.url).toStartWith('https://photos.test/')
  expect((await t.api(null, 'GET /openapi.json', undefined, { host: 'evil.test' })).body.servers).toEqual([
    { url: 'https://photos.test' },
  ])
})

test('requests cannot forge lines of the log, and the log contains no secrets', async () => {
  for (const path of ['/users/%0a2026-01-01T00:00:00.000Z error forged', '/posts?cursor=%0aforged', '/%1b[31m'])
    await server.raw.send(
      `GET ${path} HTTP/1.1\r\nHost: a.test\r\nUser-Agent: \u001b[2Jforged\r\nCookie: session=${ann.token}\r\n\r\n`,
    )
  const { err } = await server.stop()
  expect(err.split('\n').filter((line) => line.startsWith('2026-01-01') || line.includes('\u001b'))).toEqual([])
  const { secret } = (await Bun.file(`${server.dir}/secrets.json`).json()) as { secret: string }
  const checked = await Promise.all(
    ['doctor', 'audit'].map((command) => pinhole([command, '--data', server.dir, '--json'])),
  )
  const told = [err, ...checked.flatMap((each) => [each.out, each.err])].join('\n')
  expect(told).toContain('secrets') // doctor has checked them
  for (const hidden of [ann.token, server.boss.token, password, secret, 'argon2id'])
    expect([hidden.slice(0, 8), told.includes(hidden)]).toEqual([hidden.slice(0, 8), false])
})
