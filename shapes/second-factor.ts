import { z } from 'zod'
import { object } from './object'

export const secondFactorSchema = object(() => ({
  on: z.boolean().describe('Whether signing in takes a code besides the password.'),
  recoveryCodesLeft: z.int(),
})).meta({ id: 'SecondFactor' })

export type SecondFactorJson = z.infer<typeof secondFactorSchema>

export const newFactorSchema = object(() => ({
  secret: z.string().describe('The secret in base 32, for typing into an authenticator app.'),
  uri: z.string().describe('The same as an `otpauth:` address, for a QR code.'),
}))

export type NewFactorJson = z.infer<typeof newFactorSchema>

export const recoveryCodesSchema = object(() => ({
  recoveryCodes: z
    .array(z.string())
    .describe('Codes that each replace the app once. They are shown only in this answer.'),
}))

/**
 * The changes that the owner of a second factor is told by mail. `reset` means that the staff turned it off, and
 * `guessed` that somebody entered many wrong codes.
 */
export type FactorChange = 'on' | 'off' | 'reset' | 'codes' | 'recovery' | 'guessed'
