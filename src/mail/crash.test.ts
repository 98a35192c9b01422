import { Database } from 'bun:sqlite'
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Serving, servePinhole } from '../../test/process'
import { smtpServer } from '../../test/smtp'
import { until } from '../../test/until'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const serve = (smtp: { url: string }) =>
  servePinhole(dir, { env: { PINHOLE_SMTP_URL: smtp.url, PINHOLE_REGISTRATION: 'open' } })

async function signUp({ address }: Serving, handle: string) {
  const body = JSON.stringify({ handle, password: 'a long password', email: `${handle}@example.org` })
  const { status } = await fetch(`${address}/api/users`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  expect(status).toBe(201)
}

function waiting() {
  using db = new Database(join(dir, 'pinhole.sqlite'))
  return db.query("select attempts from jobs where kind = 'mail.verify'").values()
}

test('a mail whose delivery was not recorded before a crash is sent again under the same Message-ID', async () => {
  let kill = async () => {}
  await using smtp = await smtpServer({ data: (n) => (n === 1 ? kill().then(() => undefined) : undefined) })
  await using first = await serve(smtp)
  const killed = Promise.withResolvers<void>()
  kill = async () => {
    await first.stop('SIGKILL')
    killed.resolve()
  }
  await signUp(first, 'ann')
  await killed.promise
  expect(waiting()).toEqual([[1]])
  await using second = await serve(smtp)
  await until('it is sent twice', () => smtp.mails.length === 2 && !waiting().length)
  const [one, two] = smtp.mails.map(({ headers, to }) => [headers['message-id'], to])
  expect(two).toEqual(one)
  // The link uses the address the server listens on, since no public URL is configured.
  expect(smtp.mails[1]!.text).toContain(`${second.address}/users/verifications/new`)
  expect((await second.stop()).status).toBe(0)
})

test('a mail server that never answers blocks neither requests nor shutdown, and costs no attempt', async () => {
  const never = Promise.withResolvers<undefined>()
  await using slow = await smtpServer({ data: () => never.promise })
  await using first = await serve(slow)
  await signUp(first, 'ann')
  await until('it is being sent', () => slow.mails.length === 1)
  await signUp(first, 'bob')
  expect((await first.stop()).status).toBe(0)
  expect(waiting()).toEqual([[0], [0]])
  never.resolve(undefined)
  await using smtp = await smtpServer()
  await using second = await serve(smtp)
  await until('it is sent again', () => smtp.mails.length === 2)
  expect(smtp.to('ann@example.org')!.headers['message-id']).toBe(slow.mails[0]!.headers['message-id']!)
  await second.stop()
})
