import { expect, test } from 'bun:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { assets } from './routes'
import { assetUrl } from './url'

const get = (url: string, encoding = '') =>
  assets.request(url.replace('/assets', ''), { headers: { 'accept-encoding': encoding } })

test('what a page names is served for ever, under a name that changes with its bytes', async () => {
  expect(assetUrl('app.js')).toMatch(/^\/assets\/app-\w+\.js$/)
  const answer = await get(assetUrl('app.js'))
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toStartWith('text/javascript')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect(await answer.text()).toContain('htmx')
})

test('a browser that can unpack gets the packed form of the same bytes', async () => {
  const plain = Buffer.from(await (await get(assetUrl('app.js'))).bytes())
  const brotli = await get(assetUrl('app.js'), 'gzip, deflate, br, zstd')
  const gzip = await get(assetUrl('app.js'), 'gzip, br;q=0')
  expect([brotli.headers.get('content-encoding'), gzip.headers.get('content-encoding')]).toEqual(['br', 'gzip'])
  expect(brotliDecompressSync(await brotli.bytes()).equals(plain)).toBe(true)
  expect(gunzipSync(await gzip.bytes()).equals(plain)).toBe(true)
})

test('the type is what the ending says', async () => {
  expect((await get(assetUrl('app.css'))).headers.get('content-type')).toStartWith('text/css')
  expect((await get(assetUrl('favicon.svg'))).headers.get('content-type')).toBe('image/svg+xml')
})

test('any other name is not found', async () => {
  assets.onError((error) => new Response(error.message, { status: 404 }))
  for (const name of ['app.js', 'app-00000000.js', '..%2fmanifest.ts', 'manifest.ts'])
    expect((await get(`/assets/${name}`)).status).toBe(404)
})

test('a page that names a file nobody made fails at once', () => {
  expect(() => assetUrl('missing.js')).toThrow('missing.js')
})
