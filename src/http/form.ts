import { z } from 'zod'

/**
 * Converts form fields, which are always text, to the types of the schema: numbers, switches and lists. A list is
 * either a field sent several times or one item per line. An empty field counts as left out, and so does an object whose
 * fields are all empty. A switch sends a hidden `off` before its `on`, so the last value counts.
 */
export function fromForm(schema: z.ZodObject, values: Record<string, unknown>): Record<string, unknown> {
  const given = Object.entries(values).flatMap(([name, value]) => {
    // a request may contain a field named `constructor`
    const field = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined
    const meant = field ? read(field as z.ZodType, value) : value
    return meant === undefined ? [] : [[name, meant]]
  })
  return Object.fromEntries(given)
}

function read(field: z.ZodType, value: unknown): unknown {
  const inner = bare(field)
  const last = Array.isArray(value) ? value.at(-1) : value
  if (inner instanceof z.ZodObject && value && typeof value === 'object')
    return isEmpty(value) && field.safeParse(null).success ? null : fromForm(inner, value as Record<string, unknown>)
  if (inner instanceof z.ZodArray) return list(value).map((each) => read(inner.element as z.ZodType, each))
  if (last === '' && field.safeParse(null).success) return null
  if (inner instanceof z.ZodNumber) return last === '' ? undefined : number(last)
  if (inner instanceof z.ZodBoolean) return last === 'on' || last === 'true'
  return last === '' && field.safeParse(undefined).success && !field.safeParse('').success ? undefined : last
}

const isEmpty = (value: object) => Object.values(value).every((each) => each === '')

/** Accepts numbers as people write them. `1e3` or `0x10` in a form is a typing mistake. */
const number = (text: unknown): number =>
  typeof text === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : NaN

const list = (value: unknown): unknown[] =>
  (Array.isArray(value) ? value : String(value).split('\n'))
    .map((each) => (typeof each === 'string' ? each.trim() : each))
    .filter((each) => each !== '')

/** The submitted values that a form can show again, which are texts. A request may contain any value under any name. */
export function shownAgain(values: unknown): Record<string, unknown> {
  const isText = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)
  const given = Object.entries(values && typeof values === 'object' ? values : {})
  const shown = given.map(([name, value]) => {
    if (Array.isArray(value)) return [name, value.filter(isText)]
    return [name, isText(value) ? value : '']
  })
  return Object.fromEntries(shown)
}

/** Unwraps optional, nullable and default schemas. */
function bare(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodOptional || field instanceof z.ZodNullable || field instanceof z.ZodDefault
    ? bare(field.unwrap() as z.ZodType)
    : field
}
