import { expect, test } from 'bun:test'
import { hkdfSync } from 'node:crypto'
import { derivedKey } from './derived-key'

test('keys are those of HKDF with SHA-256, and differ by secret and by purpose', () => {
  const cases = [
    ['secret', 'session'],
    ['secret', 'media'],
    ['another secret', 'session'],
    ['', ''],
    ['비밀'.repeat(100), 'a purpose longer than one block of the hash'.repeat(5)],
  ] as const
  for (const [secret, purpose] of cases)
    expect(derivedKey(secret, purpose)).toEqual(new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32)))
  expect(new Set(cases.map(([secret, purpose]) => String(derivedKey(secret, purpose)))).size).toBe(cases.length)
})
