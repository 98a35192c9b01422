import type { FieldError } from '../../src/problem'

/** The props of every form: the values to start with, and the mistakes of the last attempt. */
export type FormProps = {
  values?: Record<string, unknown>
  problem?: { detail: string; code?: string; errors?: FieldError[] }
}
