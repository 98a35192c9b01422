import type { MailingList, UnsubscribeLinks } from '../ports/mail'
import { readToken, signToken } from '../signed-token'

/**
 * Creates and reads unsubscribe links. They never expire and need no session: anyone who has the mail can stop further
 * mails of its kind, and nothing else.
 */
export function createUnsubscribeLinks(key: Uint8Array): UnsubscribeLinks {
  return {
    sign: (userId: number, list: MailingList): Promise<string> =>
      signToken(key, { audience: 'unsubscribe', subject: userId, claims: { list } }),

    /** Returns undefined for a token that we did not sign. */
    async read(token: string | undefined): Promise<{ userId: number; list: MailingList } | undefined> {
      const expected = { audience: 'unsubscribe', claims: ['list'] }
      const read = await readToken<{ list: MailingList }>(token, [key], expected)
      return read ? { userId: read.subject, list: read.claims.list } : undefined
    },
  }
}
