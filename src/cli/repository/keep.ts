import type { Keep } from '../../backup-place'
import { deleteObject, putBytes, type Repository } from './repository'
import { deleteSnapshot, listSnapshots, readEntries, readSnapshot, timeOf } from './snapshot'

const RUNNING = 'running/'
const DAY_MS = 24 * 3600_000

/**
 * Chooses the backups to keep, from names sorted newest first: the newest of each of the last days, weeks, months and
 * years that have one. The newest of all is always kept.
 */
export function toKeep(names: string[], keep: Keep): Set<string> {
  const kept = new Set(names.slice(0, 1))
  for (const [unit, count] of Object.entries(keep) as [keyof Keep, number][]) {
    const periods = new Set<string>()
    for (const name of names) {
      const period = periodOf(timeOf(name)!, unit)
      if (periods.has(period)) continue
      if (periods.size === count) break
      periods.add(period)
      kept.add(name)
    }
  }
  return kept
}

function periodOf(at: Date, unit: keyof Keep): string {
  const day = Math.floor(+at / DAY_MS)
  if (unit === 'days') return String(day)
  if (unit === 'weeks') return String(Math.floor((day + 3) / 7)) // 1 January 1970 was a Thursday
  return at.toISOString().slice(0, unit === 'months' ? 7 : 4)
}

/** Says that a backup is being made, so that nobody deletes objects that it counts on. */
export async function markRunning({ shelf }: Repository): Promise<{ key: string; end(): Promise<void> }> {
  const key = `${RUNNING}${crypto.randomUUID()}`
  await putBytes(shelf, key, new Uint8Array([10]))
  return { key, end: () => shelf.delete(key) }
}

/** Removes what crashed backups left behind. */
export async function sweepLeftovers({ shelf }: Repository, now: number): Promise<void> {
  await shelf.sweep(now - DAY_MS)
  for await (const { key, changedAt } of shelf.list(RUNNING)) if (changedAt < now - DAY_MS) await shelf.delete(key)
}

/** Deletes old backups, and the objects that belong to none any more. Returns how many backups there are now. */
export async function prune(repository: Repository, keep: Keep, running: string): Promise<number> {
  const names = await listSnapshots(repository)
  const kept = toKeep(names, keep)
  for (const name of names) if (!kept.has(name)) await deleteSnapshot(repository, name)
  const others = await Array.fromAsync(repository.shelf.list(RUNNING))
  if (names.length > kept.size && others.every(({ key }) => key === running)) await sweepObjects(repository, kept)
  return kept.size
}

async function sweepObjects(repository: Repository, kept: Set<string>) {
  const used = new Set<string>()
  for (const name of kept) {
    const snapshot = await readSnapshot(repository, name)
    used.add(snapshot.list)
    for (const object of (await readEntries(repository, snapshot)).values()) used.add(object)
  }
  for (const object of [...repository.objects.keys()]) if (!used.has(object)) await deleteObject(repository, object)
}
