export type Message = {
  /** The name shown beside the sender's address. */
  from: string
  to: string
  subject: string
  text: string
  html: string
  /** The same for every attempt to send the same mail, so that mail programs can drop a second copy. */
  messageId: string
  headers?: Record<string, string>
}

export type Mailer = {
  /**
   * Sends one mail and returns the server's answer. Throws `AddressRefused`, `GiveUp` for mail that the server will
   * never accept, and anything else for a failure that may pass.
   */
  send(message: Message): Promise<string>
  /** Connects and signs in. Throws when that fails. */
  check(): Promise<void>
}

/** The kinds of mail that people can unsubscribe from. Mail about the account itself (addresses, passwords) is always sent. */
export const MAILING_LISTS = ['digest', 'notices'] as const
export type MailingList = (typeof MAILING_LISTS)[number]

export type UnsubscribeLinks = {
  sign(userId: number, list: MailingList): Promise<string>
  /** Undefined for a token that this server did not sign. */
  read(token: string | undefined): Promise<{ userId: number; list: MailingList } | undefined>
}
