import { isOutOfRoom } from '../disk'

/** The migrations of an engine in order: their names and their SQL. */
export type Migrations = [name: string, sql: string][]

/** An update that was tried. `ms` is null where the time of a migration could not be measured. */
export type Trial = { migrations: { name: string; ms: number | null }[]; copyMs: number; bytes: number }

/** Measures how long each of several steps takes. The last one ends with `end`. */
export function stopwatch() {
  const steps: { name: string; ms: number }[] = []
  let since = performance.now()
  const end = () => {
    const last = steps.at(-1)
    if (last) last.ms = performance.now() - since
    since = performance.now()
  }
  const begins = (name: string) => {
    end()
    steps.push({ name, ms: 0 })
  }
  return { steps, begins, end }
}

/** Throws when a migration was done that this version does not know, since a newer version wrote the data. */
export function refuseNewer(done: Set<string>, migrations: Migrations): void {
  const newer = [...done].find((name) => !migrations.some(([known]) => known === name))
  if (newer)
    throw new Error(
      `This data was written by a newer version of Pinhole (${newer}). ` +
        'Start that version, or restore a backup made before the upgrade.',
    )
}

/** Throws because `missing`, the first migration that is not done yet, may not be done here. */
export function refuseOlder(missing: string): never {
  throw new Error(
    `This version of Pinhole needs to update the database first (${missing}). Restart the server with this version, ` +
      'or run the command with the version that the server has.',
  )
}

/** The error of an update that was only tried. */
export function wouldFail(name: string | undefined, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const fault = isOutOfRoom(cause)
    ? 'The disk is full: free some space and try again.'
    : 'Go on with the version that you run, and report this message to the project: it is a fault of Pinhole.'
  return new Error(`The update would fail at ${name}: ${reason}\nNothing was changed. ${fault}`, { cause })
}

/**
 * The error of an update that failed at a migration and was rolled back as a whole. It tells the host that nothing is
 * lost and how to go on. `copy` is the file with the database as it was before, where one was made.
 */
export function updateFailed(name: string, cause: unknown, copy?: string): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const lines = [
    `The database could not be updated. It failed at ${name}: ${reason}`,
    'All changes were undone, so the data is as it was before, and the version that you ran before can use it.',
    ...(isOutOfRoom(cause)
      ? ['The disk is full. Free some space and start this version again, or go on with the version before.']
      : ['Start that version again to go on, and report this message to the project: it is a fault of Pinhole.']),
    ...(copy
      ? [
          `A copy from before the update is in ${copy}. It is needed only if the database turns out to be damaged: ` +
            'then stop the server, delete pinhole.sqlite, pinhole.sqlite-wal and pinhole.sqlite-shm, and copy it to ' +
            'pinhole.sqlite with its owner (cp -p).',
        ]
      : []),
  ]
  return new Error(lines.join('\n'), { cause })
}
