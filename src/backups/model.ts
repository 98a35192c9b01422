import { and, desc, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { before, type Page, toPage, type Wanted } from '../db/page'
import { jobs } from '../jobs/table'
import { backups } from './table'

export type BackupRow = typeof backups.$inferSelect
type Draft = typeof backups.$inferInsert

/** For how long the staff can look up how a backup ended. */
const KEPT_MS = 400 * 24 * 3600_000

/** Records how a backup ended, and forgets those of more than 400 days ago. */
export async function recordBackup(tx: Tx, { at, ...end }: Draft & { at: Date }): Promise<void> {
  await tx.insert(backups).values({ at, ...end })
  await tx.delete(backups).where(lt(backups.at, new Date(+at - KEPT_MS)))
}

/** Lists how the backups ended, newest first. */
export async function listBackups(db: Reader, wanted: Wanted): Promise<Page<BackupRow>> {
  const rows = await db
    .select()
    .from(backups)
    .where(before(wanted.cursor, backups.at, backups.id))
    .orderBy(desc(backups.at), desc(backups.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ at, id }) => ({ at, id }))
}

/** The last backup, and the last one that was made and proved. */
export async function lastBackups(db: Reader): Promise<{ last: BackupRow | undefined; good: BackupRow | undefined }> {
  const newest = (isGood: boolean) =>
    db
      .select()
      .from(backups)
      .where(isGood ? isNull(backups.error) : undefined)
      .orderBy(desc(backups.at), desc(backups.id))
      .limit(1)
  const [last] = await newest(false)
  const [good] = last?.error ? await newest(true) : [last]
  return { last, good }
}

/** Whether a backup of this community was made at this place. */
export async function wasBackedUpTo(db: Reader, place: string): Promise<boolean> {
  return (await db.$count(backups, and(eq(backups.place, place), isNull(backups.error)))) > 0
}

/** Whether a backup is being made now, and when the next one begins. */
export async function nextBackup(db: Reader): Promise<{ isRunning: boolean; at: Date | null }> {
  const [job] = await db
    .select({ leased: jobs.leased, dueAt: jobs.dueAt })
    .from(jobs)
    .where(and(isNotNull(jobs.key), eq(jobs.key, BACKUP_JOB), isNull(jobs.diedAt)))
  return { isRunning: job?.leased ?? false, at: job && !job.leased ? job.dueAt : null }
}

/** The key of the only job that makes backups. */
export const BACKUP_JOB = 'backups.make'
