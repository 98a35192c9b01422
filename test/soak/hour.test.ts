import { expect, test } from 'bun:test'
import { soakHour } from './hour'

test('members read, write, buy, upload and listen at once, and no request fails', async () => {
  const { requests } = await soakHour({ minutes: 0.05, built: false })
  expect(requests).toBeGreaterThanOrEqual(8) // one for each person
})
