import { expect, test } from 'bun:test'
import { z } from 'zod'
import { createTranslate } from '../../views/words'
import { fieldErrors } from './field-errors'

const schema = z.strictObject({
  text: z.string().min(3).max(5).optional(),
  must: z.string().min(1).optional(),
  whole: z.int().min(1).max(9).optional(),
  above: z.number().gt(0).lt(2).optional(),
  yes: z.boolean().optional(),
  list: z.array(z.string()).min(1).max(2).optional(),
  inside: z.object({}).optional(),
  one: z.enum(['a', 'b']).optional(),
  mail: z.email().optional(),
  link: z.url().optional(),
  at: z.iso.datetime().optional(),
  shape: z.string().regex(/x/).optional(),
})

const say = (value: unknown, locale: 'en' | 'ko' = 'en', of: z.ZodType = schema) =>
  of.safeParse(value, { error: fieldErrors(createTranslate(locale)) }).error?.issues.map(({ message }) => message)

test('each kind of mistake gets a sentence that says what to do', () => {
  const cases: [value: unknown, message: string][] = [
    [{ text: 'ab' }, 'Enter at least 3 characters.'],
    [{ text: 'abcdef' }, 'Enter at most 5 characters.'],
    [{ text: 7 }, 'This must be text.'],
    [{ must: '' }, 'Please fill in this field.'],
    [{ whole: 1.5 }, 'Enter a whole number.'],
    [{ whole: 'x' }, 'Enter a number.'],
    [{ whole: 0 }, 'Enter 1 or more.'],
    [{ whole: 10 }, 'Enter 9 or less.'],
    [{ above: 0 }, 'Enter a number above 0.'],
    [{ above: 2 }, 'Enter a number below 2.'],
    [{ yes: 'x' }, 'This must be true or false.'],
    [{ list: 'x' }, 'This must be a list.'],
    [{ list: [] }, 'Give 1 or more.'],
    [{ list: ['a', 'b', 'c'] }, 'Give at most 2.'],
    [{ inside: 'x' }, 'This must be an object with fields.'],
    [{ one: 'c' }, 'This must be one of: a, b.'],
    [{ mail: 'x' }, 'This is not a valid email address.'],
    [{ link: 'x' }, 'This is not a valid address. Include https://.'],
    [{ at: 'x' }, 'Enter a time such as 2026-01-31T12:00:00Z.'],
    [{ shape: 'y' }, 'This value is not valid.'],
    [{ other: 1, another: 2 }, 'These fields do not exist here: other, another.'],
  ]
  for (const [value, message] of cases) expect([value, say(value)]).toEqual([value, [message]])
  expect(say({}, 'en', z.object({ text: z.string() }))).toEqual(['Please fill in this field.'])
})

test('the sentences are in the language of the person', () => {
  expect(say({ text: 'ab' }, 'ko')).toEqual(['3자 이상 입력해 주세요.'])
  expect(say({}, 'ko', z.object({ text: z.string() }))).toEqual(['이 항목을 입력해 주세요.'])
})

test('the sentence of a schema comes before the general one', () => {
  expect(say({ text: '' }, 'en', z.object({ text: z.string().min(1, 'Write something.') }))).toEqual([
    'Write something.',
  ])
})
