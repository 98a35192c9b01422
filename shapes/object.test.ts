import { expect, test } from 'bun:test'
import { z } from 'zod'
import { object } from './object'

test('the fields of an object are made once, and not before they are needed', () => {
  let made = 0
  const post = object(() => {
    made++
    return { id: z.int() }
  }).meta({ id: 'TestOfObjects' })
  const list = object(() => ({ items: z.array(post), first: post.nullable() }))
  const named = object(() => ({ ...post.shape, name: z.string() })).strict()
  expect(made).toBe(0)
  expect(list.parse({ items: [{ id: 1 }], first: null })).toEqual({ items: [{ id: 1 }], first: null })
  expect(named.safeParse({ id: 1, name: 'a', more: 1 }).success).toBe(false)
  expect(post.safeParse({ id: 'x' }).success).toBe(false)
  expect(made).toBe(1)
})
