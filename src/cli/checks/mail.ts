import { createMailer } from '../../mail/mailer'
import { type Check, fail, ok, warn } from './finding'

/** Connects and signs in, and sends nothing. */
export const mail: Check = {
  name: 'mail',
  async run({ smtp, url }) {
    if (!smtp) return [ok('mail', 'Not set up: the staff give links to who forgot the password.')]
    const place = `${smtp.host}, port ${smtp.port}`
    try {
      await createMailer(smtp).check()
    } catch (error) {
      return [fail('mail', `${place}, takes no mail: ${error instanceof Error ? error.message : error}`)]
    }
    if (!url) return [warn('mail', `${place}, answers; but PINHOLE_URL is not set, and links in mails are made of it.`)]
    return [ok('mail', `${place}, answers; mail comes from ${smtp.from}.`)]
  },
}
