import { expect, test } from 'bun:test'
import { createGate, createPace } from './pace'

const nobody = { askedAt: Number.NEGATIVE_INFINITY }
const somebody = {
  get askedAt() {
    return performance.now()
  },
}

test('large steps while nobody asks, small ones as soon as somebody does', async () => {
  const steps: number[] = []
  const traffic = { askedAt: nobody.askedAt }
  const pace = createPace(traffic, 2000)
  const step = (asks: boolean) =>
    pace(async (rows) => {
      steps.push(rows)
      if (asks) traffic.askedAt = performance.now()
    })
  for (const asks of [false, true, false]) await step(asks)
  traffic.askedAt = nobody.askedAt
  await step(false)
  expect(steps).toEqual([2000, 2000, 500, 2000])
})

test('through the gate any number at once, but one by one while somebody asks; what fails shuts it for nobody', async () => {
  for (const [traffic, most] of [
    [nobody, 20],
    [somebody, 1],
  ] as const) {
    const gate = createGate(traffic)
    let [beginning, together] = [0, 0]
    const begin = async () => {
      together = Math.max(together, ++beginning)
      await new Promise<void>((turned) => setImmediate(turned)) // the turn in which it begins
      beginning--
      throw new Error('lost')
    }
    const ends = await Promise.allSettled(Array.from({ length: 20 }, () => gate(begin)))
    expect([ends.every(({ status }) => status === 'rejected'), together]).toEqual([true, most])
  }
})
