import { expect, test } from 'bun:test'
import { type Mail, smtpServer } from '../../test/smtp'
import { GiveUp } from '../jobs/handler'
import { parseSmtp } from '../smtp'
import { AddressRefused, createMailer } from './mailer'

const message = {
  from: 'Photos',
  to: 'ann@example.org',
  subject: 'Hello',
  text: 'Hi',
  html: '<p>Hi</p>',
  messageId: 'one',
}

const send = (url: string, more: object = {}) => createMailer(parseSmtp(url)!).send({ ...message, ...more })
const outcome = (url: string, more: object = {}) => send(url, more).catch((error: Error) => error)

test('mail arrives as text and HTML, unencrypted and over each kind of TLS, with and without a password', async () => {
  for (const options of [
    {},
    { password: 'pass word/?' },
    { startTls: true },
    { startTls: true, password: 'a' },
    { secure: true, password: 'a' },
  ]) {
    await using smtp = await smtpServer(options)
    const sent = await send(`${smtp.url}${options.secure ? '&tls=optional' : ''}`)
    expect(sent).toStartWith('250')
    const {
      secure = false,
      startTls = secure,
      password,
    } = options as { secure?: boolean; startTls?: boolean; password?: string }
    expect(smtp.mails).toMatchObject([
      { to: 'ann@example.org', from: 'photos@example.org', text: 'Hi', html: '<p>Hi</p>', encrypted: startTls },
    ])
    expect(smtp.mails[0]!.user).toBe(password && 'us@er')
    expect(smtp.mails[0]!.headers).toMatchObject({
      'message-id': '<one@example.org>',
      'auto-submitted': 'auto-generated',
      from: 'Photos <photos@example.org>',
      subject: 'Hello',
    })
  }
})

test('when TLS is required, nothing is sent without it or to a server with an invalid certificate', async () => {
  await using plain = await smtpServer({ password: 'a' })
  await using selfSigned = await smtpServer({ startTls: true, password: 'a' })
  for (const { url } of [plain, selfSigned]) expect(await outcome(`${url}&tls=required`)).toBeInstanceOf(Error)
  expect([plain.mails, selfSigned.mails]).toEqual([[], []])
})

test('the reply of the server tells a refused address, a refused mail and a temporary failure apart', async () => {
  const meant = async (code: number, text: string, at: 'recipient' | 'data' = 'recipient') => {
    await using smtp = await smtpServer({ [at]: () => [code, text] })
    const error = await outcome(smtp.url)
    return error instanceof AddressRefused
      ? 'address'
      : error instanceof GiveUp
        ? 'mail'
        : error instanceof Error
          ? 'moment'
          : 'sent'
  }
  expect(await meant(550, '5.1.1 no such user')).toBe('address')
  expect(await meant(550, 'unknown')).toBe('address')
  expect(await meant(550, '5.1.1 no such user', 'data')).toBe('address')
  expect(await meant(554, '5.7.1 you are on a list')).toBe('mail')
  expect(await meant(552, '5.3.4 too large', 'data')).toBe('mail')
  expect(await meant(530, '5.7.0 sign in first')).toBe('moment')
  expect(await meant(450, '4.2.1 greylisted')).toBe('moment')
  expect(await meant(451, 'later', 'data')).toBe('moment')
  await using closed = await smtpServer({ password: 'right' })
  expect(await outcome(closed.url.replace(':right@', ':wrong@'))).not.toBeInstanceOf(GiveUp)
  await closed.stop()
  expect(await outcome(closed.url)).not.toBeInstanceOf(GiveUp)
})

test('names, subjects and headers cannot add lines', async () => {
  await using smtp = await smtpServer()
  const evil = 'Hi\r\nBcc: eve@example.org\r\n\r\nbody\u2028x\0'
  await send(smtp.url, {
    subject: evil,
    from: `"Us", eve@example.org <x>${evil}`,
    headers: { 'List-Unsubscribe': `<https://a/>${evil}` },
  })
  const [{ headers, to, text }] = smtp.mails as [Mail]
  expect([to, text, headers.bcc, headers.to]).toEqual(['ann@example.org', 'Hi', undefined, 'ann@example.org'])
  expect(headers.subject).toBe('Hi Bcc: eve@example.org body x')
  expect(headers.from).toEndWith('<photos@example.org>')
})

test('the URL of a mail server is parsed in all its forms', () => {
  expect(parseSmtp('smtp://mail.example.org')).toMatchObject({
    port: 587,
    secure: false,
    needsTls: true,
    from: 'pinhole@mail.example.org',
  })
  expect(parseSmtp('smtps://a%40b.org:p%2Fw@mail.example.org')).toMatchObject({
    port: 465,
    secure: true,
    auth: { user: 'a@b.org', pass: 'p/w' },
    from: 'a@b.org',
  })
  expect(parseSmtp('smtp://localhost?from=me@b.org')).toMatchObject({ port: 25, needsTls: false, from: 'me@b.org' })
  expect(parseSmtp('smtp://[::1]:2525?tls=required')).toMatchObject({ host: '::1', port: 2525, needsTls: true })
  const wrong = [
    'mail.example.org',
    'http://a.org',
    'smtp://',
    'smtp://a.org/path',
    'smtp://u@a.org',
    'smtp://a.org?from=x',
    'smtp://a.org?form=a@b.org',
  ]
  expect([...wrong, 'smtp://a.org?tls=no', 'smtp://u:%zz@a.org'].map(parseSmtp)).toEqual(Array(9).fill(undefined))
})
