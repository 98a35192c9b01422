import { CString } from 'bun:ffi'
import { expect, test } from 'bun:test'
import { pointerTo } from './libc'

test('memory for a system call stays as it is, although nothing else refers to it', () => {
  const texts = Array.from({ length: 2000 }, (_, at) => `/proc/self/${at}`)
  const pointers = texts.map((text) => pointerTo(Buffer.from(`${text}\0`)))
  Bun.gc(true)
  const others = Array.from({ length: 20_000 }, (_, at) => Buffer.from(`something else ${at}\0`))
  expect(pointers.map((pointer) => String(new CString(pointer)))).toEqual(texts)
  expect(others).toHaveLength(20_000)
})
