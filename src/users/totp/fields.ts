import { z } from 'zod'

/** A code of an authenticator app, or a recovery code, as people type it. */
export const codeField = z.string().max(100)
