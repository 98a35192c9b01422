import { expect, test } from 'bun:test'
import { createGate, createPace } from './pace'

const nobody = { askedAt: Number.NEGATIVE_INFINITY }
const somebody = {
  get askedAt() {
    return performance.now()
  },
}

test('steps are large while there are no requests, and small as soon as there are some', async () => {
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

test('the gate lets any number through, but one by one while there are requests; a failure blocks nobody', async () => {
  for (const [traffic, most] of [
    [nobody, 20],
    [somebody, 1],
  ] as const) {
    const gate = createGate(traffic)
    let [beginning, together] = [0, 0]
    const begin = async () => {
      together = Math.max(together, ++beginning)
      await new Promise<void>((turned) => setImmediate(turned)) // the turn of the event loop in which it begins
      beginning--
      throw new Error('lost')
    }
    const ends = await Promise.allSettled(Array.from({ length: 20 }, () => gate(begin)))
    expect([ends.every(({ status }) => status === 'rejected'), together]).toEqual([true, most])
  }
})
