import { expect, test } from 'bun:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { assets } from './routes'
import { assetUrl } from './url'

const get = (url: string, encoding = '') =>
  assets.request(url.replace('/assets', ''), { headers: { 'accept-encoding': encoding } })

test('assets may be cached for ever, since their names change with their content', async () => {
  expect(assetUrl('app.js')).toMatch(/^\/assets\/app-\w+\.js$/)
  const answer = await get(assetUrl('app.js'))
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toStartWith('text/javascript')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect(await answer.text()).toContain('htmx')
})

test('browsers get a compressed form that they accept, with the same content', async () => {
  const plain = Buffer.from(await (await get(assetUrl('app.js'))).bytes())
  const brotli = await get(assetUrl('app.js'), 'gzip, deflate, br, zstd')
  const gzip = await get(assetUrl('app.js'), 'gzip, br;q=0')
  expect([brotli.headers.get('content-encoding'), gzip.headers.get('content-encoding')]).toEqual(['br', 'gzip'])
  expect(brotliDecompressSync(await brotli.bytes()).equals(plain)).toBe(true)
  expect(gunzipSync(await gzip.bytes()).equals(plain)).toBe(true)
})

test('the content type follows from the file extension', async () => {
  expect((await get(assetUrl('app.css'))).headers.get('content-type')).toStartWith('text/css')
  expect((await get(assetUrl('favicon.svg'))).headers.get('content-type')).toBe('image/svg+xml')
})

test('unknown names are not found', async () => {
  assets.onError((error) => new Response(error.message, { status: 404 }))
  for (const name of ['app.js', 'app-00000000.js', '..%2fmanifest.ts', 'manifest.ts'])
    expect((await get(`/assets/${name}`)).status).toBe(404)
})

test('asking for the address of a missing asset throws', () => {
  expect(() => assetUrl('missing.js')).toThrow('missing.js')
})
