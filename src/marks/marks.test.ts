import { afterEach, beforeEach, expect, test } from 'bun:test'
import sharp from 'sharp'
import { type Somebody, type TestApp, testApp } from '../../test/harness'
import { PLANTED, photo } from '../../test/photos'

let t: TestApp
let boss: Somebody
beforeEach(async () => {
  t = await testApp()
  boss = await t.user('boss', { role: 'admin' })
})
afterEach(async () => {
  await t.app.mediaWorker.stop()
  t[Symbol.dispose]()
})

const HERE = '/admin/settings/mark'

function put(as: Somebody | undefined, bytes: Uint8Array | string, path = `/api${HERE}`, init = {}) {
  const body = new FormData()
  body.append('file', new File([bytes as Uint8Array<ArrayBuffer>], 'logo.png'))
  return t.request(path, { method: 'PUT', as, body, ...init })
}

const logo = (options = {}) =>
  photo(options)
    .withExif({ IFD0: { Make: PLANTED[0]!, Artist: PLANTED[1]! } })
    .jpeg()
    .toBuffer()

test('the mark of the host is on every page, in the manifest and at the fixed addresses, without metadata, and goes again', async () => {
  const ann = await t.user('ann')
  const before = [
    await (await t.request('/icon-192.png')).bytes(),
    await (await t.request('/apple-touch-icon.png')).bytes(),
  ]
  expect((await t.api(boss, 'GET /admin/settings')).body.mark).toBe(null)
  const answer = await put(boss, await logo({ width: 900, height: 600 }))
  const { mark } = await answer.json()
  expect([answer.status, mark]).toEqual([200, expect.stringMatching(/^[0-9a-f]{16}$/)])
  expect((await t.api(boss, 'GET /admin/settings')).body.mark).toBe(mark)
  expect((await t.api(boss, 'PATCH /admin/settings', { mark: null })).status).toBe(422)

  const folder = `/marks/${mark}/`
  const sides: Record<string, number> = {
    'icon-192.png': 192,
    'icon-512.png': 512,
    'maskable-512.png': 512,
    'apple-touch-icon.png': 180,
  }
  for (const [name, side] of Object.entries(sides)) {
    const icon = await t.request(folder + name) // strangers see it where they sign in
    expect([icon.status, icon.headers.get('content-type'), icon.headers.get('cache-control')]).toEqual([
      ...[200, 'image/png', 'public, max-age=31536000, immutable'],
    ])
    const bytes = Buffer.from(await icon.bytes())
    for (const planted of PLANTED) expect(bytes.includes(planted)).toBe(false)
    const { width, height, exif, xmp, icc } = await sharp(bytes).metadata()
    expect([width, height, exif, xmp, icc]).toEqual([side, side, undefined, undefined, undefined])
    expect(Buffer.from(await (await t.request(`/${name}`)).bytes()).equals(bytes)).toBe(true)
  }
  for (const [path, browser] of [['/sessions/new'], ['/'], ['/users/account', ann]] as [string, Somebody?][]) {
    const html = await (await t.request(path === '/' ? '/users/new' : path, { browser })).text()
    expect(html).toContain(`<img class="logo" src="${folder}icon-192.png"`)
    expect(html).toContain(`<link rel="icon" type="image/png" href="${folder}icon-192.png"`)
  }
  const manifest = await (await t.request('/manifest.webmanifest')).json()
  expect(manifest.icons.map(({ src }: { src: string }) => src)).toEqual(
    Object.keys(sides)
      .slice(0, 3)
      .map((name) => folder + name),
  )

  expect((await t.api(boss, `DELETE ${HERE}`)).status).toBe(204)
  expect((await t.request(`/marks/${mark}/icon-512.png`)).status).toBe(404)
  expect([
    await (await t.request('/icon-192.png')).bytes(),
    await (await t.request('/apple-touch-icon.png')).bytes(),
  ]).toEqual(before)
  expect(await (await t.request('/sessions/new')).text()).not.toContain('class="logo"')
})

test('a picture that is not square is shown whole, with clear margins, and on a ground where systems crop it', async () => {
  const { mark } = await (await put(boss, await photo({ width: 200, height: 100 }).png().toBuffer())).json()
  const pixel = async (name: string, left: number, top: number) => {
    const bytes = await (await t.request(`/marks/${mark}/${name}`)).bytes()
    return [...(await sharp(bytes).ensureAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer())]
  }
  expect((await pixel('icon-512.png', 256, 10))[3]).toBe(0)
  const [red = 0, green = 0, blue = 0, alpha] = await pixel('icon-512.png', 10, 200)
  expect([Math.abs(red - 200) < 12, Math.abs(green - 60) < 12, Math.abs(blue - 40) < 12, alpha]).toEqual(
    Array(3).fill(true).concat(255),
  )
  expect(await pixel('maskable-512.png', 256, 10)).toEqual([255, 255, 255, 255])
  const white = { create: { width: 64, height: 64, channels: 4 as const, background: '#fff' } }
  const light = await (await put(boss, await sharp(white).png().toBuffer())).json()
  expect(light.mark).not.toBe(mark)
  expect((await t.request(`/marks/${mark}/icon-512.png`)).status).toBe(404)
})

test('only administrators change it, and what is no picture or too large changes nothing', async () => {
  const mod = await t.user('mod', { role: 'moderator' })
  const picture = await photo().png().toBuffer()
  expect((await put(undefined, picture)).status).toBe(401)
  for (const who of [mod, await t.user('ann')]) {
    expect((await put(who, picture)).status).toBe(403)
    expect((await t.api(who, `DELETE ${HERE}`)).status).toBe(403)
  }
  const refused = await put(boss, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  expect([refused.status, (await refused.json()).errors[0].path]).toEqual([422, 'file'])
  expect((await put(boss, '')).status).toBe(422)
  expect((await put(boss, new Uint8Array(21 * 1024 ** 2))).status).toBe(413)
  expect((await t.api(boss, `PUT ${HERE}`, {})).status).toBe(415)
  const page = await put(undefined, 'no picture', HERE, { browser: boss, headers: { 'hx-request': 'true' } })
  expect(await page.text()).toContain('This file type is not supported.')
  expect((await t.api(boss, 'GET /admin/settings')).body.mark).toBe(null)
  expect(t.openDatabase().query('select * from marks').all()).toEqual([])
})

test('the logo is still there after a restart', async () => {
  const { mark } = await (await put(boss, await photo().png().toBuffer())).json()
  using again = await testApp({}, t.dir)
  expect((await again.request(`/marks/${mark}/icon-512.png`)).status).toBe(200)
})
