import { int, str, table, time } from '../db/columns'

/**
 * What the community used and did on each day (in UTC). Sizes are in bytes, as they were measured last on that day;
 * counts grow during the day.
 */
export const measurements = table('measurements', {
  day: str().primaryKey(),
  at: time().notNull(),
  diskSize: int().notNull(),
  /** What the server can still write to the disk of its data folder. */
  diskFree: int().notNull(),
  originals: int().notNull(),
  renditions: int().notNull(),
  /** The size of the database. */
  rowBytes: int().notNull(),
  /** Uploads that are still under way. */
  uploads: int().notNull(),
  exports: int().notNull(),
  /** Backups on the disk of the data folder. */
  backups: int().notNull(),
  jobsDone: int().notNull().default(0),
  jobsFailed: int().notNull().default(0),
  pushesSent: int().notNull().default(0),
  pushesFailed: int().notNull().default(0),
  mailsSent: int().notNull().default(0),
  mailsFailed: int().notNull().default(0),
})

export type Measurement = typeof measurements.$inferSelect
