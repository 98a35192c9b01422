import { expect, test } from 'bun:test'
import { soakFuzz } from './fuzz'
import { soakVideos } from './fuzz-videos'
import { dice, mutate } from './mutate'

test('the same seed gives the same mutations, and files are really changed', () => {
  const files = [Buffer.alloc(1000, 7), Buffer.alloc(500, 9)]
  const throwAll = (seed: number) => {
    const roll = dice(seed)
    return Array.from({ length: 50 }, () => mutate(files, roll).toString('hex'))
  }
  expect(throwAll(1)).toEqual(throwAll(1))
  expect(new Set(throwAll(2)).size).toBeGreaterThan(40)
  expect(files).toEqual([Buffer.alloc(1000, 7), Buffer.alloc(500, 9)])
})

test('mutated photos are shown or refused, and contain nothing of the photo decoded before', async () => {
  const { leaks, crashes, files, shown, refused } = await soakFuzz({ files: 40, seed: 7 })
  expect([leaks, crashes, files]).toEqual([[], 0, 40])
  expect([shown > 0, Object.values(refused).reduce((sum, count) => sum + count, 0)]).toEqual([true, 40 - shown])
})

test('mutated videos are shown or refused, and contain nothing of the video next to them', async () => {
  const { leaks, crashes, files, shown, refused } = await soakVideos({ files: 4, seed: 3 })
  expect([leaks, crashes, files]).toEqual([[], [], 4])
  expect(shown + Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(4)
})
