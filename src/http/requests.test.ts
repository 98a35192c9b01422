import { expect, spyOn, test } from 'bun:test'
import { testApp } from '../../test/harness'
import { rawHttp } from '../../test/security/raw-http'

/** The lines that are logged while this runs. */
async function linesOf(run: () => Promise<unknown>): Promise<string> {
  const lines: string[] = []
  const write = spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  await run().finally(() => write.mockRestore())
  return lines.join('')
}

test('the access log tells of every request, but nothing that opens something', async () => {
  using t = await testApp({ PINHOLE_ACCESS_LOG: 'on', PINHOLE_TRUST_PROXY: '10.0.0.1' })
  const ann = await t.user('ann')
  const { url } = (await t.post(ann)).files[0].renditions.feed
  const said = await linesOf(async () => {
    await t.request('/users/resets/new?token=secret', { from: '192.0.2.9' })
    await t.request('/looks/secret', { from: '10.0.0.1', headers: { 'x-forwarded-for': '192.0.2.7' } })
    await t.request(url, { as: ann })
    await t.api(ann, 'POST /posts', { caption: 'secret' })
  })
  for (const line of [
    'address=192.0.2.9 method=GET path=/users/resets/new status=410',
    'address=192.0.2.7 method=GET path=/looks/-',
    'path=/media/-/',
    'method=POST path=/api/posts status=422',
  ])
    expect(said).toContain(line)
  for (const secret of ['secret', url.split('/')[4]!]) expect(said).not.toContain(secret)
})

test('a request with an invalid host is refused and logged like any other', async () => {
  using t = await testApp({ PINHOLE_ACCESS_LOG: 'on' })
  await using server = t.listen()
  const said = await linesOf(async () => {
    const { statuses } = await rawHttp(server.port!).send('GET /healthz HTTP/1.1\r\nHost: a@b#c\r\n\r\n')
    expect(statuses).toEqual([400])
  })
  expect(said).toContain('method=GET path=- status=400')
})

test('without the setting no request is logged', async () => {
  using t = await testApp()
  expect(await linesOf(() => t.request('/healthz'))).toBe('')
})
