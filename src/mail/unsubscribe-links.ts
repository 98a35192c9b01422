import { SignJWT } from 'jose'
import type { MailingList, UnsubscribeLinks } from '../ports/mail'
import { verify } from '../verify'

/** Good for ever, and without signing in: whoever holds the mail may end what sends it, and nothing else. */
export function createUnsubscribeLinks(key: Uint8Array): UnsubscribeLinks {
  return {
    sign: (userId: number, list: MailingList): Promise<string> =>
      new SignJWT({ list })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience('unsubscribe')
        .setSubject(String(userId))
        .sign(key),

    /** Undefined for what is not ours. */
    async read(token: string | undefined): Promise<{ userId: number; list: MailingList } | undefined> {
      const checks = { algorithms: ['HS256'], audience: 'unsubscribe', requiredClaims: ['sub', 'list'] }
      const claims = await verify<{ list: MailingList }>(token, [key], checks)
      return claims ? { userId: Number(claims.sub), list: claims.list } : undefined
    },
  }
}
