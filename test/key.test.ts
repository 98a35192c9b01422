import { expect, test } from 'bun:test'
import { keyOf } from '../views/assets/key'

test('shortcuts work while Hangul is typed, and follow the letters of other Latin keyboards', () => {
  const pressed: [key: string, code: string, means: string][] = [
    ['j', 'KeyJ', 'j'],
    ['ㅓ', 'KeyJ', 'j'],
    ['ㅏ', 'KeyK', 'k'],
    ['Process', 'KeyJ', 'process'],
    ['й', 'KeyQ', 'q'],
    ['q', 'KeyA', 'q'], // on a French keyboard
    ['/', 'Digit7', '/'], // on a German keyboard
    ['L', 'KeyL', 'l'],
    ['ArrowLeft', 'ArrowLeft', 'arrowleft'],
  ]
  for (const [key, code, means] of pressed) expect([key, keyOf({ key, code })]).toEqual([key, means])
})
