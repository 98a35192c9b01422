/** Where the links of mails, of the staff and of the command line lead. */
export const resetUrl = (origin: string, token: string) => `${origin}/users/resets/new?token=${token}`
export const verificationUrl = (origin: string, token: string) => `${origin}/users/verifications/new?token=${token}`
