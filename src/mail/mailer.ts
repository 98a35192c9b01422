import { GiveUp } from '../jobs/handler'
import type { Mailer, Message } from '../ports/mail'
import type { Smtp } from '../smtp'

/** The server has no mailbox of this address; sending again is no use. */
export class AddressRefused extends Error {}

/** nodemailer's errors: at which command, and what the server answered. */
type SmtpError = Error & { command?: string; responseCode?: number; response?: string; rejectedErrors?: SmtpError[] }

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 }

/** Speaks with the mail server, one connection a mail. The library is loaded with the first. */
export function createMailer(smtp: Smtp): Mailer {
  const { host, port, secure, auth, needsTls } = smtp
  const open = async () => {
    const { createTransport } = await import('nodemailer')
    const tls = { rejectUnauthorized: needsTls }
    const nothingElse = { disableFileAccess: true, disableUrlAccess: true }
    return createTransport({
      host,
      port,
      secure,
      requireTLS: needsTls && !secure,
      tls,
      ...(auth && { auth }),
      ...TIMEOUTS,
      ...nothingElse,
    })
  }

  return {
    /**
     * What the server answered. Throws `AddressRefused`, `GiveUp` for mail it will never take, and anything else for what may go well
     * another time.
     */
    async send({ from, headers = {}, ...message }: Message): Promise<string> {
      const transport = await open()
      const clean = Object.fromEntries(
        Object.entries({ ...headers, 'Auto-Submitted': 'auto-generated' }).map(([k, v]) => [k, oneLine(v)]),
      )
      const mail = {
        ...message,
        subject: oneLine(message.subject),
        from: { name: oneLine(from), address: smtp.from },
        to: { name: '', address: message.to },
        headers: clean,
        messageId: messageIdOf(message.messageId, smtp),
      }
      try {
        return (await transport.sendMail(mail)).response
      } catch (error) {
        throw meaningOf(error as SmtpError)
      } finally {
        transport.close()
      }
    },

    /** Connects and signs in, and throws when that fails. */
    async check(): Promise<void> {
      const transport = await open()
      try {
        await transport.verify()
      } finally {
        transport.close()
      }
    },
  }
}

const messageIdOf = (id: string, { from }: Smtp) => `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`

/** A header is one line, whatever name or caption is in it. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

/** We have to sign in, or do it otherwise: mended in the settings. */
const SIGN_IN = [503, 530, 534, 535, 538]
/** Of RFC 3463: policy, which is about who sends; a bad address, or a mailbox that is closed. */
const isPolicy = (answer: string) => /^5\d\d[ -]5\.7\.\d/.test(answer)
const namesAddress = (answer: string) => /^5\d\d[ -]5\.(1\.\d|2\.1)\b/.test(answer)

/** What a failure means for the mail. What the staff can mend (a wrong password, a server that is away) lets it wait. */
function meaningOf(error: SmtpError): Error {
  const { command = '', responseCode = 0, response, message } = error.rejectedErrors?.[0] ?? error
  const answer = response ?? message
  const isFinal = responseCode >= 500 && !SIGN_IN.includes(responseCode) && /^(MAIL FROM|RCPT TO|DATA)$/.test(command)
  if (!isFinal) return error
  if (namesAddress(answer) || (command === 'RCPT TO' && !isPolicy(answer))) return new AddressRefused(answer)
  return new GiveUp(`The mail server will not take it: ${answer}`)
}
