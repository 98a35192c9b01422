import { z } from 'zod'
import { later } from '../../../shapes/object'

/** A code of an authenticator app, or a recovery code, as people type it. */
export const codeField = later(() => z.string().max(100))
