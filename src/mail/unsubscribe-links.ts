import { SignJWT } from 'jose'
import type { MailingList, UnsubscribeLinks } from '../ports/mail'
import { verify } from '../verify'

/**
 * Creates and reads unsubscribe links. They never expire and need no session: anyone who has the mail can stop further
 * mails of its kind, and nothing else.
 */
export function createUnsubscribeLinks(key: Uint8Array): UnsubscribeLinks {
  return {
    sign: (userId: number, list: MailingList): Promise<string> =>
      new SignJWT({ list })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience('unsubscribe')
        .setSubject(String(userId))
        .sign(key),

    /** Returns undefined for a token that we did not sign. */
    async read(token: string | undefined): Promise<{ userId: number; list: MailingList } | undefined> {
      const checks = { algorithms: ['HS256'], audience: 'unsubscribe', requiredClaims: ['sub', 'list'] }
      const claims = await verify<{ list: MailingList }>(token, [key], checks)
      return claims ? { userId: Number(claims.sub), list: claims.list } : undefined
    },
  }
}
