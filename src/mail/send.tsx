import { type Letter, LetterPage, type Paper } from '../../views/mail/letter'
import { textOf } from '../../views/mail/text'
import type { App } from '../context'
import type { Mailer, MailingList, Message } from '../ports/mail'
import { refuseEmail } from '../users/emails'
import { AddressRefused } from './mailer'

type Post = { letter: Letter; paper: Paper; to: string; messageId: string; headers?: Record<string, string> }

/** Renders a letter as HTML and text. */
export async function messageOf({ letter, paper, ...rest }: Post): Promise<Message> {
  const html = `<!doctype html>${await (<LetterPage letter={letter} paper={paper} />)}`
  return { ...rest, from: paper.siteName, subject: letter.subject, text: textOf(letter, paper), html }
}

/**
 * Sends the mail, or stops waiting for the reply when the server shuts down; the next start sends the mail again under
 * the same Message-ID.
 */
async function send(mailer: Mailer, post: Post, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted()
  const stopped = Promise.withResolvers<never>()
  const stop = () => stopped.reject(new Error('The server is shutting down.'))
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([mailer.send(await messageOf(post)), stopped.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/**
 * Sends the mail to the address of an account. A permanent refusal is recorded in the account instead of being retried.
 */
export async function sendTo(
  { write, now }: App,
  mailer: Mailer,
  userId: number,
  post: Post,
  signal: AbortSignal,
): Promise<void> {
  try {
    await send(mailer, post, signal)
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error
    await write((tx) => refuseEmail(tx, userId, post.to, error.message.slice(0, 500), now()))
  }
}

/**
 * Returns the headers for the unsubscribe button of mail programs (RFC 2369 and 8058), and the URL of the page for all
 * others.
 */
export async function unsubscribing({ unsubscribeLinks }: App, { origin }: Paper, userId: number, list: MailingList) {
  const url = `${origin}/mail/unsubscriptions?token=${await unsubscribeLinks.sign(userId, list)}`
  return { url, headers: { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } }
}
