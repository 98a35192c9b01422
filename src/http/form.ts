import { z } from 'zod'

/**
 * A form knows text only; what it means is in the schema: a number, a switch, a list (one field may be sent many times), a list written
 * one a line. An empty field is one left out. A switch sends a hidden `off` before its `on`, so that its last word counts.
 */
export function fromForm(schema: z.ZodObject, values: Record<string, unknown>): Record<string, unknown> {
  const given = Object.entries(values).flatMap(([name, value]) => {
    const field = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined // anybody may call a field `constructor`
    const meant = field ? read(field as z.ZodType, value) : value
    return meant === undefined ? [] : [[name, meant]]
  })
  return Object.fromEntries(given)
}

function read(field: z.ZodType, value: unknown): unknown {
  const inner = bare(field)
  const last = Array.isArray(value) ? value.at(-1) : value
  if (inner instanceof z.ZodObject && value && typeof value === 'object')
    return fromForm(inner, value as Record<string, unknown>)
  if (inner instanceof z.ZodArray) return list(value).map((each) => read(inner.element as z.ZodType, each))
  if (last === '' && field.safeParse(null).success) return null
  if (inner instanceof z.ZodNumber) return last === '' ? undefined : number(last)
  if (inner instanceof z.ZodBoolean) return last === 'on' || last === 'true'
  return last === '' && field.safeParse(undefined).success && !field.safeParse('').success ? undefined : last
}

/** As people write it: what a programmer reads as a number, `1e3` or `0x10`, is a slip of the finger here. */
const number = (text: unknown): number =>
  typeof text === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : NaN

const list = (value: unknown): unknown[] =>
  (Array.isArray(value) ? value : String(value).split('\n'))
    .map((each) => (typeof each === 'string' ? each.trim() : each))
    .filter((each) => each !== '')

/** What of it can stand in a form again: text. A stranger may have sent anything under any name. */
export function shownAgain(values: unknown): Record<string, unknown> {
  const isText = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)
  const given = Object.entries(values && typeof values === 'object' ? values : {})
  const shown = given.map(([name, value]) => [
    name,
    Array.isArray(value) ? value.filter(isText) : isText(value) ? value : '',
  ])
  return Object.fromEntries(shown)
}

/** Without what wraps it: optional, nullable, default. */
function bare(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodOptional || field instanceof z.ZodNullable || field instanceof z.ZodDefault
    ? bare(field.unwrap() as z.ZodType)
    : field
}
