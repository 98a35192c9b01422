import { z } from 'zod'
import { later, object } from '../../../shapes/object'
import { textField } from '../../../shapes/text'
import { keyField } from '../../idempotency/fields'

const text = later(() =>
  textField({
    max: 2000,
    tooLong: 'A comment can have at most 2,000 characters.',
    empty: 'Write something first.',
  }),
)

export const draftSchema = object(() => ({
  text: text(),
  parentId: z
    .int()
    .positive()
    .nullish()
    .describe('The comment to answer. An answer to an answer joins the same thread.'),
  idempotencyKey: keyField(),
}))
export const patchSchema = object(() => ({ text: text() }))
