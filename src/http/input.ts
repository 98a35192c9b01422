import type { Context } from 'hono'
import type { z } from 'zod'
import type { Env } from '../context'
import { type FieldError, Problem } from './errors'
import type { Html } from './reply'

export type FormProps = { values?: Record<string, unknown>; problem?: { detail: string; errors?: FieldError[] } }

/** The request's body, from a form or from JSON, checked against one schema; `form` is shown again when something fails. */
export async function input<T extends z.ZodType>(c: Context<Env>, schema: T, form?: (props: FormProps) => Html): Promise<z.output<T>> {
  const values = await read(c)
  if (form) c.set('form', (problem) => form({ values, problem }))
  const result = schema.safeParse(values)
  if (result.success) return result.data
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new Problem('invalid', 'Please check what you entered.', { errors })
}

/** Never a file: those are streamed to where uploads go, since this holds all of it in memory. */
async function read(c: Context): Promise<Record<string, unknown>> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/x-www-form-urlencoded') return c.req.parseBody({ dot: true, all: true })
  if (type && !/^application\/(.+\+)?json$/.test(type)) throw new Problem('unsupported_media', 'Send JSON or a form.')
  const text = await c.req.text()
  try {
    return text ? JSON.parse(text) : {}
  } catch {
    throw new Problem('unreadable', 'This is not JSON.')
  }
}
