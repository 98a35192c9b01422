/** The URLs of links in mails, from the staff and from the command line. */
export const resetUrl = (origin: string, token: string) => `${origin}/users/resets/new?token=${token}`
export const verificationUrl = (origin: string, token: string) => `${origin}/users/verifications/new?token=${token}`
