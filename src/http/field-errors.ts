import type { z } from 'zod'
import type { Translate } from '../../views/words'

type Issue = z.core.$ZodRawIssue

/**
 * Says what is wrong with a field, in the language of the person who filled it in. The sentences of a schema's own
 * rules come first; these are for the rules that come with the types.
 */
export const fieldErrors =
  (t: Translate) =>
  (issue: Issue): string => {
    switch (issue.code) {
      case 'invalid_type':
        return typeError(t, issue)
      case 'too_small':
        return tooSmall(t, issue)
      case 'too_big':
        return tooBig(t, issue)
      case 'invalid_value':
        return t('This must be one of: {values}.', { values: issue.values.map(String).join(', ') })
      case 'invalid_format':
        return formatError(t, issue.format)
      case 'unrecognized_keys':
        return t('These fields do not exist here: {names}.', { names: issue.keys.join(', ') })
      default:
        return t('This value is not valid.')
    }
  }

function typeError(t: Translate, { expected, input }: Issue & { code: 'invalid_type' }): string {
  if (input === undefined || input === null || input === '') return t('Please fill in this field.')
  switch (expected) {
    case 'int':
      return t('Enter a whole number.')
    case 'number':
    case 'bigint':
      // A number that is not finite, or text of a form that is no number.
      return t('Enter a number.')
    case 'string':
      return t('This must be text.')
    case 'boolean':
      return t('This must be true or false.')
    case 'array':
      return t('This must be a list.')
    case 'object':
    case 'record':
      return t('This must be an object with fields.')
    default:
      return t('This value is not valid.')
  }
}

function tooSmall(t: Translate, { origin, minimum, inclusive }: Issue & { code: 'too_small' }): string {
  const least = Number(minimum)
  if (origin === 'string' && least === 1) return t('Please fill in this field.')
  if (origin === 'string')
    return t({ one: 'Enter at least {n} character.', other: 'Enter at least {n} characters.' }, { n: least })
  if (origin === 'array' || origin === 'set') return t('Give {n} or more.', { n: least })
  return inclusive === false
    ? t('Enter a number above {limit}.', { limit: least })
    : t('Enter {limit} or more.', { limit: least })
}

function tooBig(t: Translate, { origin, maximum, inclusive }: Issue & { code: 'too_big' }): string {
  const most = Number(maximum)
  if (origin === 'string')
    return t({ one: 'Enter at most {n} character.', other: 'Enter at most {n} characters.' }, { n: most })
  if (origin === 'array' || origin === 'set') return t('Give at most {n}.', { n: most })
  return inclusive === false
    ? t('Enter a number below {limit}.', { limit: most })
    : t('Enter {limit} or less.', { limit: most })
}

function formatError(t: Translate, format: string): string {
  switch (format) {
    case 'email':
      return t('This is not a valid email address.')
    case 'url':
      return t('This is not a valid address. Include https://.')
    case 'datetime':
      return t('Enter a time such as 2026-01-31T12:00:00Z.')
    default:
      return t('This value is not valid.')
  }
}
