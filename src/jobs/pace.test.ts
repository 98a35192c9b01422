import { expect, test } from 'bun:test'
import { createPace } from './pace'

test('large steps while nobody asks, small ones as soon as somebody does', async () => {
  const traffic = { asked: 0 }
  const pace = createPace(traffic, 2000)
  const steps: number[] = []
  const step = (asks: boolean) =>
    pace(async (rows) => {
      steps.push(rows)
      if (asks) traffic.asked++
    })
  for (const asks of [false, false, true, true, false, false]) await step(asks)
  expect(steps).toEqual([500, 2000, 2000, 500, 500, 2000])
})
