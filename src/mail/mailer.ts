import { GiveUp } from '../jobs/handler'
import { measures } from '../measures'
import type { Mailer, Message } from '../ports/mail'
import type { Smtp } from '../smtp'

/** The server has no mailbox for this address, so trying again is pointless. */
export class AddressRefused extends Error {}

/** An error of nodemailer, with the command that failed and the reply of the server. */
type SmtpError = Error & { command?: string; responseCode?: number; response?: string; rejectedErrors?: SmtpError[] }

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 }

/** Sends mail over one connection per mail. nodemailer is loaded with the first one. */
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
     * Returns the reply of the server. Throws `AddressRefused`, `GiveUp` for mail that the server will never accept,
     * and any other error for a failure that may be temporary.
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
        const { response } = await transport.sendMail(mail)
        measures.mails.accepted++
        return response
      } catch (error) {
        measures.mails.failed++
        throw meaningOf(error as SmtpError)
      } finally {
        transport.close()
      }
    },

    /** Connects and signs in; throws when either fails. */
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

/** Removes line breaks, since a name or caption must not add headers. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

/** Replies that ask for other credentials, which the staff can fix in the configuration. */
const SIGN_IN = [503, 530, 534, 535, 538]
/**
 * Enhanced status codes (RFC 3463): 5.7.x is a policy about the sender; 5.1.x and 5.2.1 are a bad address or a disabled
 * mailbox.
 */
const isPolicy = (answer: string) => /^5\d\d[ -]5\.7\.\d/.test(answer)
const namesAddress = (answer: string) => /^5\d\d[ -]5\.(1\.\d|2\.1)\b/.test(answer)

/**
 * Classifies a failure. A failure that the staff can fix, such as a wrong password or an unreachable server, lets the
 * mail wait.
 */
function meaningOf(error: SmtpError): Error {
  const { command = '', responseCode = 0, response, message } = error.rejectedErrors?.[0] ?? error
  const answer = response ?? message
  const isFinal = responseCode >= 500 && !SIGN_IN.includes(responseCode) && /^(MAIL FROM|RCPT TO|DATA)$/.test(command)
  if (!isFinal) return error
  if (namesAddress(answer) || (command === 'RCPT TO' && !isPolicy(answer))) return new AddressRefused(answer)
  return new GiveUp(`The mail server refused the mail: ${answer}`)
}
