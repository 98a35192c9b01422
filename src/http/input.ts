import type { Context } from 'hono'
import type { z } from 'zod'
import type { FormProps } from '../../views/parts/form-props'
import type { Env } from '../context'
import { invalidFields, Problem } from '../problem'
import { fieldErrors } from './field-errors'
import { fromForm, shownAgain } from './form'
import type { Html } from './format'
import { translateOf } from './locale'
import { textOf } from './text'

/**
 * Reads the request body, a form or JSON, and validates it with one schema. When something fails, `form` shows the form
 * again.
 */
export async function input<T extends z.ZodObject>(
  c: Context<Env>,
  schema: T,
  form?: (props: FormProps) => Html,
): Promise<z.output<T>> {
  const { type, values } = await read(c)
  if (form) c.set('form', (problem) => form({ values: shownAgain(values), problem }))
  const result = schema.safeParse(type === 'form' ? fromForm(schema, values) : values, {
    error: fieldErrors(translateOf(c)),
  })
  if (result.success) return result.data
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw invalidFields(...errors)
}

/** Reads the whole body into memory, so files never come here: they are streamed to the uploads folder. */
async function read(c: Context): Promise<{ type: 'form' | 'json'; values: Record<string, unknown> }> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  const isForm = type === 'application/x-www-form-urlencoded'
  if (type && !isForm && !/^application\/(.+\+)?json$/.test(type))
    throw new Problem('unsupported_media', 'Send JSON or a form.')
  const text = await textOf(c, isForm)
  if (!isForm) return { type: 'json', values: parse(text) }
  return { type: 'form', values: await c.req.parseBody({ all: true, dot: true }).catch(unreadable) }
}

/** The names of the form's fields are nested too deeply. */
function unreadable(error: unknown): never {
  throw error instanceof Problem ? error : new Problem('unreadable', 'This is not a valid form.')
}

function parse(text: string): Record<string, unknown> {
  try {
    return text ? JSON.parse(text) : {}
  } catch {
    throw new Problem('unreadable', 'The body is not valid JSON.')
  }
}

/** A numeric path parameter. Anything else is a 404. */
export function idParam(c: Context, name = 'id'): number {
  const id = idIn(c.req.param(name))
  if (id === undefined) throw new Problem('not_found', 'There is nothing at this address.')
  return id
}

/** The id in a query or a form. Numbers that no id can be, such as 1.5 and 1e400, are none, as PostgreSQL refuses them. */
export const idIn = (given: unknown): number | undefined =>
  /^\d{1,15}$/.test(String(given)) ? Number(given) : undefined
