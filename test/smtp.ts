import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type Mail = {
  to: string
  from: string
  /** Names are in lower case and folded lines are joined. */
  headers: Record<string, string>
  text: string
  html: string
  raw: string
  encrypted: boolean
  user: string | undefined
}
type Refusal = [code: number, text: string] | undefined
type Options = {
  /** The password that senders must give. Without one, nobody signs in. */
  password?: string
  startTls?: boolean
  secure?: boolean
  /** The refusal of the nth recipient, counted from 1. `undefined` accepts the recipient. */
  recipient?: (n: number, address: string) => Refusal
  /**
   * The refusal of the nth mail after it was read. The mail is stored anyway, as if the server crashed before
   * answering.
   */
  data?: (n: number) => Refusal | Promise<Refusal>
}

const errorOf = ([responseCode, text]: [number, string]) => Object.assign(new Error(text), { responseCode })

/** A mail server on any free port that stores the mails it accepts. */
export async function smtpServer({ password, startTls = false, secure = false, recipient, data }: Options = {}) {
  const mails: Mail[] = []
  let [recipients, messages] = [0, 0]
  const options: SMTPServerOptions = {
    secure,
    logger: false,
    authOptional: password === undefined,
    allowInsecureAuth: true,
    disabledCommands: [...(startTls || secure ? [] : ['STARTTLS']), ...(password === undefined ? ['AUTH'] : [])],
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth(auth, _session, done) {
      if (auth.password === password) done(null, { user: auth.username })
      else done(errorOf([535, '5.7.8 wrong name or password']))
    },
    onRcptTo({ address }, _session, done) {
      const refusal = recipient?.(++recipients, address)
      done(refusal ? errorOf(refusal) : null)
    },
    async onData(stream, session, done) {
      const raw = Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>)).toString()
      const { mailFrom, rcptTo } = session.envelope
      const [headers, body] = split(raw)
      const to = rcptTo.map(({ address }) => address).join()
      const user = (session as { user?: string | false }).user || undefined
      mails.push({
        to,
        from: (mailFrom || { address: '' }).address,
        headers,
        ...bodies(headers, body),
        raw,
        encrypted: session.secure,
        user,
      })
      const refusal = await data?.(++messages)
      done(refusal ? errorOf(refusal) : null)
    },
  }
  const server = new SMTPServer(options)
  server.on('error', () => {}) // connections that are cut off
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const credentials = password === undefined ? '' : `us%40er:${encodeURIComponent(password)}@`
  return {
    mails,
    port,
    url: `smtp${secure ? 's' : ''}://${credentials}127.0.0.1:${port}?from=photos@example.org`,
    /** The newest mail to an address. */
    to: (address: string) => mails.findLast(({ to }) => to === address),
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

/** The first link in a mail that leads to the given path. */
export const linkIn = (mail: Mail | undefined, path: string) =>
  new RegExp(`https?://[^\\s/]+(${path}\\?[^\\s]+)`).exec(mail?.text ?? '')?.[1] ?? `no link to ${path}`

function split(raw: string): [Record<string, string>, string] {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = lines.map((line) => /^([^:]+):\s*(.*)$/.exec(line)!.slice(1) as [string, string])
  return [Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), words(value)])), raw.slice(end + 4)]
}

/** Decodes the encoded words of RFC 2047. */
const words = (value: string) =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind, text) =>
      decode(kind.toLowerCase() === 'b' ? 'base64' : 'q', text),
    )

function decode(encoding: string | undefined, body: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  if (encoding !== 'quoted-printable' && encoding !== 'q') return body
  const spaced = encoding === 'q' ? body.replaceAll('_', ' ') : body
  const bytes = spaced
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

function bodies(headers: Record<string, string>, body: string): { text: string; html: string } {
  const boundary = /boundary="?([^";]+)"?/.exec(headers['content-type'] ?? '')?.[1]
  const parts = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map((part) => split(part.replace(/^\r\n/, '')))
    : [[headers, body] as const]
  const of = (type: string) => {
    const [found, content = ''] = parts.find(([own]) => own['content-type']?.startsWith(type)) ?? []
    return decode(found?.['content-transfer-encoding'], content).replaceAll('\r\n', '\n').trimEnd()
  }
  return { text: of('text/plain'), html: of('text/html') }
}
