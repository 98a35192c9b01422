import type { FieldError } from '../../src/problem'

/** What a form shows: the values to start with, and the mistakes of the last try. */
export type FormProps = { values?: Record<string, unknown>; problem?: { detail: string; errors?: FieldError[] } }
