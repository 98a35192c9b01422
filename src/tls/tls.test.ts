import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { selfSigned, startAcme } from '../../test/acme'
import { pinhole, servePinhole, spawnPinhole } from '../../test/process'
import { until } from '../../test/until'
import { listen } from '../cli/listen'
import { readConfig } from '../config'
import { storePair } from './order'
import { lifeOf, readPair } from './pair'
import { plainAnswer } from './plain'

const HOST = 'photos.example.org'
const DAY_MS = 24 * 3600_000

let dir: string
const at = (name: string) => join(dir, name)
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const freePort = () => {
  using server = Bun.serve({ port: 0, fetch: () => new Response() })
  return server.port!
}

/** Asks the server at the port, as a browser that trusts only this certificate. */
const ask = (port: number, ca: string, path = '/healthz') =>
  fetch(`https://127.0.0.1:${port}${path}`, {
    headers: { host: HOST },
    redirect: 'manual',
    tls: { ca, serverName: HOST },
  } as RequestInit)

test('a server gets its certificate by itself, serves https with it, and leads http there', async () => {
  const [port, httpPort] = [freePort(), freePort()]
  using acme = await startAcme({ httpPort })
  const env = {
    PINHOLE_URL: `https://${HOST}`,
    PINHOLE_HTTP_PORT: String(httpPort),
    PINHOLE_ACME_URL: acme.directoryUrl,
    PINHOLE_ACME_EMAIL: 'host@example.org',
  }
  {
    await using server = await servePinhole(at('data'), { port, env, args: ['--tls', 'auto'] })
    expect(server.addresses).toEqual([`https://${HOST}`])
    const answer = await ask(port, acme.root)
    expect([answer.status, await answer.text()]).toEqual([200, 'ok'])
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
    const plain = await fetch(`http://127.0.0.1:${httpPort}/posts/7?a=b`, { redirect: 'manual' })
    expect([plain.status, plain.headers.get('location')]).toEqual([308, `https://${HOST}/posts/7?a=b`])
    for (const name of readdirSync(at('data/certificates')))
      expect([name, statSync(join(dir, 'data/certificates', name)).mode & 0o077]).toEqual([name, 0])
    const { out } = await pinhole(['doctor', '--data', at('data')])
    expect(out).toContain('certificate: The certificate is valid until')
    expect((await server.stop()).status).toBe(0)
  }
  await using again = await servePinhole(at('data'), { port, env, args: ['--tls', 'auto'] })
  expect((await ask(port, acme.root)).status).toBe(200)
  expect(acme.state.issued).toBe(1) // the one of before is still good
  expect(again.addresses).toEqual([`https://${HOST}`])
})

test('a refused certificate is explained in the log, http says that it is being prepared, and the server can be stopped', async () => {
  const httpPort = freePort()
  using acme = await startAcme({ httpPort: freePort() }) // nobody answers there
  const env = {
    PINHOLE_URL: `https://${HOST}`,
    PINHOLE_HTTP_PORT: String(httpPort),
    PINHOLE_ACME_URL: acme.directoryUrl,
    PINHOLE_TLS: 'auto',
    PINHOLE_PORT: String(freePort()),
  }
  const child = spawnPinhole(['serve', '--host', '127.0.0.1', '--data', at('data')], { env })
  const errors = new Response(child.stderr).text()
  await until('the authority has asked', async () => acme.state.asked.length > 0)
  const answer = await fetch(`http://127.0.0.1:${httpPort}/`, { redirect: 'manual' })
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('being prepared')])
  await Bun.sleep(1500)
  child.kill('SIGTERM')
  expect(await child.exited).toBe(0)
  expect(await errors).toContain(
    `gave no certificate for ${HOST}: Port 80 of ${HOST} refused the connection. Check that`,
  )
})

test('a certificate is renewed while the server runs, and requests go on', async () => {
  const httpPort = freePort()
  using acme = await startAcme({ httpPort, lifeMs: 90 * DAY_MS })
  const config = readConfig(
    { data: at('data'), tls: 'auto', host: '127.0.0.1', port: '0' },
    { PINHOLE_URL: `https://${HOST}`, PINHOLE_HTTP_PORT: String(httpPort), PINHOLE_ACME_URL: acme.directoryUrl },
  )
  let release = () => {}
  const slow = new Promise<void>((resolve) => {
    release = resolve
  })
  const fetched = async ({ url }: Request) => {
    if (url.endsWith('/slow')) await slow
    return new Response('ok')
  }
  const server = await listen(config, fetched, new AbortController().signal, 20)
  try {
    const waiting = ask(server.port, acme.root, '/slow')
    await Bun.sleep(100)
    expect(acme.state.issued).toBe(1)
    // a certificate that ends in 29 of 90 days
    const { certPath } = config.tls!
    const first = readFileSync(certPath, 'utf8')
    const old = await pairThatEndsSoon()
    storePair(config.tls!, old)
    await until(
      'the certificate is renewed',
      async () => acme.state.issued > 1 && readFileSync(certPath, 'utf8') !== old.cert,
    )
    await until('it is in use', async () => (await ask(server.port, acme.root).catch(() => null))?.ok)
    expect(readFileSync(certPath, 'utf8')).not.toBe(first)
    release()
    expect(await (await waiting).text()).toBe('ok')
  } finally {
    await server.stop(true)
  }
})

test('certificate files are used again when somebody replaces them, and a wrong one is not', async () => {
  const one = await selfSigned(HOST)
  const other = await selfSigned(HOST)
  const write = ({ cert, key }: { cert: string; key: string }) => {
    writeFileSync(at('cert.pem'), cert)
    writeFileSync(at('key.pem'), key)
  }
  write(one)
  const env = { PINHOLE_TLS_CERT: at('cert.pem'), PINHOLE_TLS_KEY: at('key.pem') }
  const config = readConfig({ data: at('data'), host: '127.0.0.1', port: '0' }, env)
  const server = await listen(config, () => new Response('ok'), new AbortController().signal, 20)
  const answers = async ({ cert }: { cert: string }) => (await ask(server.port, cert).catch(() => null))?.ok ?? false
  try {
    expect([await answers(one), await answers(other)]).toEqual([true, false])
    writeFileSync(at('cert.pem'), other.cert) // without its key
    await Bun.sleep(100)
    expect(await answers(one)).toBe(true)
    write(other)
    await until('the new certificate is in use', () => answers(other))
    expect(await answers(one)).toBe(false)
    expect((await ask(server.port, other.cert)).headers.has('strict-transport-security')).toBe(false) // no https address is set
  } finally {
    await server.stop(true)
  }
})

test('mistakes in certificate files are explained in words', async () => {
  const [one, other] = [await selfSigned(HOST), await selfSigned(HOST)]
  const refused = (cert: string, key: string) => {
    writeFileSync(at('c'), cert)
    writeFileSync(at('k'), key)
    return () => readPair({ certPath: at('c'), keyPath: at('k') })
  }
  expect(refused(one.cert, other.key)).toThrow('does not belong to the certificate')
  expect(refused(one.key, one.cert)).toThrow('contains a private key, but a certificate is expected')
  expect(refused(one.cert, one.cert)).toThrow('contains a certificate, but a private key is expected')
  expect(refused('hello', one.key)).toThrow('is not a PEM file')
  expect(refused(one.cert.replace(/A/g, ''), one.key)).toThrow('The file may be damaged')
  expect(refused(one.cert, '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----')).toThrow(
    'protected by a passphrase',
  )
  const env = { PINHOLE_TLS_CERT: at('c'), PINHOLE_TLS_KEY: at('k') }
  const { status, err } = await pinhole(['serve', '0', '--data', at('data')], { env })
  expect([status, err]).toEqual([1, expect.stringContaining('protected by a passphrase')])
})

test('plain http leads to the address of the settings only, and tells challenges only by their token', () => {
  const answer = plainAnswer({ url: `https://${HOST}`, challenges: new Map([['abc', 'abc.def']]), isReady: () => true })
  const get = (path: string, host = HOST) => answer(new Request(`http://${host}${path}`))
  expect(get('/', 'evil.example').headers.get('location')).toBe(`https://${HOST}/`)
  expect(get('//evil.example/x').headers.get('location')).toBe(`https://${HOST}//evil.example/x`)
  expect(get('/.well-known/acme-challenge/abc').status).toBe(200)
  expect(get('/.well-known/acme-challenge/other').status).toBe(404)
  expect(answer({ url: 'http://a b/' } as Request).status).toBe(400)
})

test('settings that do not go together are refused', () => {
  const mistakes = (flags: Record<string, string>, env: Record<string, string>) => {
    try {
      readConfig(flags, env)
      return []
    } catch (error) {
      return (error as { mistakes: string[] }).mistakes
    }
  }
  expect(mistakes({ tls: 'auto' }, {})).toContainEqual(expect.stringContaining('--tls auto needs the public address'))
  expect(mistakes({ tls: 'auto' }, { PINHOLE_URL: 'http://a.example' })).not.toEqual([])
  expect(mistakes({ tls: 'on' }, { PINHOLE_URL: 'https://a.example' })).not.toEqual([])
  expect(mistakes({}, { PINHOLE_HTTP_PORT: '80' })).toEqual([expect.stringContaining('PINHOLE_HTTP_PORT')])
  const url = { PINHOLE_URL: 'https://a.example' }
  expect(mistakes({ tls: 'auto' }, { ...url, PINHOLE_ACME_URL: 'http://ca.example/dir' })).not.toEqual([])
  const { port, httpPort, acme } = readConfig({ tls: 'auto' }, url)
  expect([port, httpPort, acme?.directoryUrl]).toEqual([443, 80, 'https://acme-v02.api.letsencrypt.org/directory'])
  expect(readConfig({ tls: 'auto' }, { PINHOLE_URL: 'https://a.example:8443' }).port).toBe(8443)
})

/** A pair whose certificate has less than a third of its life left. */
async function pairThatEndsSoon() {
  const pair = await selfSigned(HOST, { from: Date.now() - 61 * DAY_MS, to: Date.now() + 29 * DAY_MS })
  expect(+lifeOf(pair.cert).to).toBeGreaterThan(Date.now())
  return pair
}
