import { testApp } from './harness'
import { linkIn, smtpServer } from './smtp'

/** The password of everyone, unless a test sets another one. */
export const PASSWORD = 'a long password'

type Options = Parameters<typeof smtpServer>[0] & { env?: Record<string, string> }

/** A community with a mail server, in which people can have confirmed addresses. */
export async function mailApp({ env = {}, ...options }: Options = {}) {
  const smtp = await smtpServer(options)
  const url = 'http://photos.example.org'
  const t = await testApp({ PINHOLE_SMTP_URL: smtp.url, PINHOLE_URL: url, ...env })
  const one = {
    ...t,
    smtp,
    url,
    /** A person who has opened the confirmation link that was mailed to them. */
    async reachable(handle: string, person: Parameters<typeof t.user>[1] = {}) {
      const user = await t.user(handle, { password: PASSWORD, ...person })
      const email = `${handle}@example.org`
      await t.api(user, 'PATCH /users/account', { email })
      await t.runJobs()
      await one.confirm(email)
      smtp.mails.length = 0
      return { ...user, email }
    },
    async confirm(email: string) {
      const token = new URLSearchParams(linkIn(smtp.to(email), '/users/verifications/new').split('?')[1]).get('token')
      return t.api(null, 'POST /users/verifications', { token, password: PASSWORD })
    },
    account: async (as: Parameters<typeof t.api>[0]) => (await t.api(as, 'GET /users/account')).body,
    /** The mail jobs that wait or gave up, as staff see them. */
    jobs() {
      using other = t.openDatabase()
      return other
        .query("select kind, attempts, died_at is not null as died, payload, error from jobs where kind like 'mail.%'")
        .all() as {
        kind: string
        attempts: number
        died: number
        payload: string
        error: string | null
      }[]
    },
    async [Symbol.asyncDispose]() {
      t[Symbol.dispose]()
      await smtp.stop()
    },
  }
  return one
}
