import { createMailer } from '../../mail/mailer'
import { type Check, fail, ok, warn } from './finding'

/** Connects and signs in to the mail server, but sends nothing. */
export const mail: Check = {
  name: 'mail',
  async run({ config: { smtp, url } }) {
    if (!smtp) return [ok('mail', 'Mail is not set up. Staff can create links for people who forgot their password.')]
    const place = `${smtp.host} (port ${smtp.port})`
    try {
      await createMailer(smtp).check()
    } catch (error) {
      return [fail('mail', `${place} does not accept mail: ${error instanceof Error ? error.message : error}`)]
    }
    if (!url) return [warn('mail', `${place} accepts mail, but PINHOLE_URL is not set, and links in mails need it.`)]
    return [ok('mail', `${place} accepts mail. The sender is ${smtp.from}.`)]
  },
}
