import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { jpeg, type Scene } from '../test/e2e/paint'
import type { Result } from './result'
import { openCommunity, secondsOf } from './uploads'

const SCENES: Scene[] = ['city', 'forest', 'sea', 'dawn']
/** How many uploads run at once. */
const AT_ONCE = 8
const ROUNDS = 3

const sizes = {
  '12 MP': { width: 4000, height: 3000, photos: 48, floor: 0.85 },
  '1.9 MP': { width: 1600, height: 1200, photos: 48, floor: 0.7 },
}

/**
 * Photos a second from the upload until they are ready, eight uploads at once, against sharp alone on all processors:
 * one decode and the same encodes of each photo, in a process of its own.
 */
export async function photos(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  const community = await openCommunity(join(dir, 'data'))
  try {
    const results: Result[] = []
    for (const [name, { width, height, photos, floor }] of Object.entries(sizes)) {
      const files = SCENES.map((scene) => join(dir, `${scene}.jpg`))
      for (const [i, scene] of SCENES.entries())
        await Bun.write(files[i]!, await jpeg(scene, { width, height, seed: i + 1 }))
      const all = Array.from({ length: photos }, (_, i) => files[i % files.length]!)
      await secondsOf(community, all.slice(0, AT_ONCE), AT_ONCE) // the children start
      const rounds: { bound: number; ours: number }[] = []
      for (let round = 0; round < ROUNDS; round++)
        rounds.push({ bound: await boundSeconds(all), ours: await secondsOf(community, all, AT_ONCE) })
      // the median of the ratios, because both parts of a round see the same other load
      rounds.sort((a, b) => a.bound / a.ours - b.bound / b.ours)
      const { bound, ours } = rounds[Math.floor(ROUNDS / 2)]!
      results.push({
        name: `photos of ${name} until ready`,
        ratio: bound / ours,
        floor,
        aim: 1,
        bound: `sharp on all processors, ${(photos / bound).toFixed(1)}/s: ${(photos / ours).toFixed(1)}/s`,
      })
    }
    return results
  } finally {
    await community.close()
    rmSync(dir, { recursive: true })
  }
}

async function boundSeconds(files: string[]): Promise<number> {
  const processors = availableParallelism()
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'photo-bound.ts'), String(processors), ...files], {
    // as many threads as the children of the media worker have together
    env: { ...process.env, UV_THREADPOOL_SIZE: String(2 * processors) },
    detached: true, // a group of its own for the scheduler, like the children of the media worker
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const said = await new Response(child.stdout).text()
  if (await child.exited) throw new Error('The bound could not be measured.')
  return Number(said)
}
