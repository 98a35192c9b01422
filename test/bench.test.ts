import { expect, test } from 'bun:test'
import { type Result, runBenches } from '../bench/result'

const fast: Result = { name: 'fast', ratio: 2, floor: 0.5, aim: 0.9, bound: 'a loop, 10/s: 20/s' }
const small: Result = { name: 'small', ratio: 0.4, atMost: 1, bound: '10 kB' }

async function printed(json: boolean) {
  const out: string[] = []
  const err: string[] = []
  const benches = [async () => [fast], async () => [small]]
  await runBenches(benches, { json, out: (line) => void out.push(line), err: (line) => void err.push(line) })
  return { out, err }
}

test('benchmarks print one line per result', async () => {
  expect(await printed(false)).toEqual({
    out: [
      'met    fast                             2.00 (floor 0.5, aim 0.9) of a loop, 10/s: 20/s',
      'met    small                            0.40 (at most 1) of 10 kB',
    ],
    err: [],
  })
})

test('with --json, benchmarks print nothing but one JSON document to standard output', async () => {
  const { out, err } = await printed(true)
  expect(err.length).toBe(2)
  expect(out.length).toBe(1)
  expect(JSON.parse(out[0]!)).toEqual({ results: [fast, small] })
})
