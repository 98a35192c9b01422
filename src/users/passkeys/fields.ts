import { z } from 'zod'
import { later } from '../../../shapes/object'
import { assertionSchema, registrationSchema } from '../../../shapes/passkeys'
import { fieldProblem } from '../../problem'

/** Forms send the answer of a device as text. */
const orText = <T extends z.ZodType>(schema: T) =>
  z.union([schema, z.string().max(50_000)]).describe('What `navigator.credentials` gave, as an object or as its text.')

export const registrationField = later(() => orText(registrationSchema))
export const assertionField = later(() => orText(assertionSchema))

/** Reads an answer that may have been sent as text. */
function answerIn<T extends z.ZodType>(schema: T, given: unknown, path: string): z.output<T> {
  const read = schema.safeParse(typeof given === 'string' ? parsed(given) : given)
  if (read.success) return read.data
  throw fieldProblem('invalid', { path, message: 'This is not the answer of a passkey.' })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Reads the answer of a device that made a passkey. `path` is the field that a mistake is shown at. */
export const registrationIn = (given: unknown, path = 'response') => answerIn(registrationSchema, given, path)

/** Reads the answer of a device that used a passkey. */
export const assertionIn = (given: unknown) => answerIn(assertionSchema, given, 'response')
