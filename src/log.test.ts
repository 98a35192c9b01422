import { expect, test } from 'bun:test'
import { formatLine } from './log'

const at = new Date('2026-01-01T00:00:00Z')

test('a text entry is one line, whatever control characters its values contain', () => {
  const line = formatLine('text', at, 'info', 'GET /a\nb', {
    status: 200,
    agent: 'x "y"\n2026\u2028error',
    path: '/a',
    none: undefined,
  })
  expect(line).toBe('2026-01-01T00:00:00.000Z info  GET /a b status=200 agent="x \\"y\\" 2026 error" path=/a')
})

test('the message of an error cannot forge a log line', () => {
  const error = new Error('no such thing: a\n2026-01-01T00:00:00.000Z error forged\u001b[2J')
  const [first, ...others] = formatLine('text', at, 'error', 'failed', { error }).split('\n')
  expect([
    first,
    others.length > 1,
    others.every((line) => line.startsWith('    ') && !line.includes('\u001b')),
  ]).toEqual(['2026-01-01T00:00:00.000Z error failed error=Error: no such thing: a', true, true])
})

test('a JSON entry contains all fields and the stack of an error', () => {
  const line = JSON.parse(formatLine('json', at, 'error', 'failed', { error: new Error('boom'), job: 7 }))
  expect(line).toMatchObject({ time: '2026-01-01T00:00:00.000Z', level: 'error', message: 'failed', job: 7 })
  expect(line.error).toContain('boom\n')
})
