import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json } from '../harness'
import { makeCommunity, pinhole, servePinhole } from '../process'

const password = 'a long password'
const guide = await Bun.file(new URL('../../docs/running.md', import.meta.url)).text()

/** The expressions of the fail2ban filter in the guide. `<ADDR>` stands for an address, as in fail2ban. */
const failregex = (/^failregex = (.*(?:\n +\^.*)*)/m.exec(guide)?.[1] ?? '')
  .split('\n')
  .map((line) => new RegExp(line.trim().replace('<ADDR>', '(?<address>[0-9a-fA-F:.]+)')))

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/
/**
 * A line as fail2ban matches it. It removes the first time from a line of a file; the journal and syslog add the name of
 * the machine and the program.
 */
const sources = {
  file: (line: string) => line.replace(TIME, ''),
  journal: (line: string) => `photos pinhole[4711]: ${line}`,
  syslog: (line: string) => ` photos pinhole[4711]: ${line}`,
}
const bannedBy = (line: string) => {
  const found = failregex.map((each) => each.exec(line)?.groups?.address).filter((address) => address !== undefined)
  return found.length ? found : null
}

/** Texts that would forge fields or lines if they were logged as they are. */
const FORGERIES = [
  'mina address=198.51.100.9',
  'x"} {"message":"Sign-in refused","address":"198.51.100.9"',
  'x\n2026-01-01T00:00:00.000Z warn  Sign-in refused address=198.51.100.9 reason=password handle=mina',
  'x\u2028 warn  Sign-in refused address=198.51.100.9 reason=password',
  'x\r warn  Sign-in refused address=198.51.100.9 reason=password',
  'reason=suspended',
  'mina@example.org',
  'my secret password!',
]

/** Runs a server, signs in and is refused from several addresses, and returns what the server wrote to its log. */
async function logOf(format: string): Promise<string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  try {
    makeCommunity(dir)
    for (const handle of ['mina', 'sus'])
      await pinhole(['users', 'create', handle, '--password-stdin', '--data', dir], { stdin: password })
    await pinhole(['users', 'suspend', 'sus', '--reason', 'a reason', '--data', dir])
    const env = { PINHOLE_LOG: format, PINHOLE_TRUST_PROXY: '127.0.0.1' }
    const server = await servePinhole(dir, { env })
    const signIn = (path: string, address: string, handle: string, word = 'not this one') =>
      fetch(`${server.address}${path}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ handle, password: word }),
        headers: { 'x-forwarded-for': `198.51.100.66, ${address}` },
      })
    await signIn('/sessions', '203.0.113.7', '@Mina', password)
    await signIn('/api/sessions', '203.0.113.7', 'mina', password)
    await signIn('/sessions', '203.0.113.7', 'MINA')
    await signIn('/api/sessions', '2001:db8::7', 'nobody')
    await signIn('/api/sessions', '203.0.113.7', 'sus', password)
    for (const forgery of FORGERIES) await signIn('/api/sessions', '203.0.113.8', forgery)
    for (let i = 0; i < 11; i++) await signIn('/api/sessions', '203.0.113.9', 'mallory')
    await fetch(`${server.address}/warn  Sign-in refused address=198.51.100.9 reason=password`)
    return (await server.stop()).err.split('\n')
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** Each log is written once, for all tests that read it. */
const logs = new Map<string, Promise<string[]>>()
const logIn = (format: string) => logs.getOrInsertComputed(format, logOf)
const told = (lines: string[]) => lines.filter((line) => line.includes('Sign-in'))

test('each sign-in and each refused one is one line, whatever the visitor enters', async () => {
  const lines = told(await logIn('text')).map((line) => line.replace(TIME, 'TIME'))
  const refused = (rest: string) => `TIME warn  Sign-in refused address=${rest}`
  expect(lines).toEqual([
    'TIME info  Sign-in address=203.0.113.7 handle=mina',
    'TIME info  Sign-in address=203.0.113.7 handle=mina',
    refused('203.0.113.7 reason=password handle=mina'),
    refused('2001:db8::7 reason=unknown_handle handle=nobody'),
    refused('203.0.113.7 reason=suspended handle=sus'),
    ...FORGERIES.map(() => refused('203.0.113.8 reason=unknown_handle')),
    ...Array(10).fill(refused('203.0.113.9 reason=unknown_handle handle=mallory')),
    refused('203.0.113.9 reason=rate_limited handle=mallory'),
  ])
})

test('the JSON log has the same fields', async () => {
  const lines = told(await logIn('json'))
    .map((line) => JSON.parse(line) as Json)
    .map(({ time, ...fields }) => fields)
  const refused = { level: 'warn', message: 'Sign-in refused' }
  expect(lines.slice(0, 5)).toEqual([
    { level: 'info', message: 'Sign-in', address: '203.0.113.7', handle: 'mina' },
    { level: 'info', message: 'Sign-in', address: '203.0.113.7', handle: 'mina' },
    { ...refused, address: '203.0.113.7', reason: 'password', handle: 'mina' },
    { ...refused, address: '2001:db8::7', reason: 'unknown_handle', handle: 'nobody' },
    { ...refused, address: '203.0.113.7', reason: 'suspended', handle: 'sus' },
  ])
  expect(lines.slice(5, -11)).toEqual(
    FORGERIES.map(() => ({ ...refused, address: '203.0.113.8', reason: 'unknown_handle' })),
  )
})

for (const format of ['text', 'json'])
  for (const [source, seen] of Object.entries(sources))
    test(`the documented fail2ban filter finds refused addresses in the ${source} of the ${format} log`, async () => {
      const banned = (await logIn(format)).map((line) => bannedBy(seen(line))).filter((found) => found !== null)
      expect(banned).toEqual([
        ['203.0.113.7'],
        ['2001:db8::7'],
        ...FORGERIES.map(() => ['203.0.113.8']),
        ...Array(11).fill(['203.0.113.9']),
      ])
    })

test('an indented line of an error matches no documented expression', () => {
  const forged = 'warn  Sign-in refused address=198.51.100.9 reason=password handle=mina'
  for (const seen of Object.values(sources))
    for (const line of [
      `    ${forged}`,
      `     ${forged}`,
      ` error x ${forged}`,
      `    2026-01-01T00:00:00.000Z ${forged}`,
    ])
      expect(bannedBy(seen(line))).toBeNull()
})
