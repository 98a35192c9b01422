import { asc, desc, gte, lt, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { type Measurement, measurements } from './table'

const DAY_MS = 24 * 3600_000
/** Longer than the longest chart. */
const KEPT_MS = 800 * DAY_MS
/** The growth of this time decides the forecast, so that it follows a community that has become busier. */
const TREND_MS = 30 * DAY_MS
/** Less says nothing about a trend. */
const LEAST_MS = 2 * DAY_MS

export type Counts = Pick<
  Measurement,
  'jobsDone' | 'jobsFailed' | 'pushesSent' | 'pushesFailed' | 'mailsSent' | 'mailsFailed'
>
export type Sizes = Omit<Measurement, keyof Counts | 'day' | 'at'>

const dayIn = (at: Date): string => at.toISOString().slice(0, 10)

/** Stores the sizes of now as those of the day, and adds the counts to those of the day. */
export async function recordMeasurement(tx: Tx, sizes: Sizes, counts: Counts, at: Date): Promise<void> {
  const sums = Object.fromEntries(
    Object.entries(counts).map(([name, n]) => [name, sql`${measurements[name as keyof Counts]} + ${n}`]),
  )
  await tx
    .insert(measurements)
    .values({ day: dayIn(at), at, ...sizes, ...counts })
    .onConflictDoUpdate({ target: measurements.day, set: { at, ...sizes, ...sums } })
  await tx.delete(measurements).where(lt(measurements.day, dayIn(new Date(+at - KEPT_MS))))
}

/** Lists the measured days since a time, oldest first. */
export const listMeasurements = (db: Reader, since: Date): Promise<Measurement[]> =>
  db
    .select()
    .from(measurements)
    .where(gte(measurements.day, dayIn(since)))
    .orderBy(asc(measurements.day))

/** Returns the measurement of the newest day, or undefined in a new community. */
export async function lastMeasurement(db: Reader): Promise<Measurement | undefined> {
  return (await db.select().from(measurements).orderBy(desc(measurements.day)).limit(1))[0]
}

/** When the disk is full if it goes on as in the last weeks. */
export type Forecast = {
  /** How many bytes the disk loses a day; negative when it gains room. */
  bytesADay: number
  /** How many days are left until uploads are refused; null when the disk does not fill. */
  daysLeft: number | null
}

/**
 * Foretells from the free room of the last days when less than `leastFree` bytes are left. It fits a line by least
 * squares, so that one large upload or a deleted log does not decide. Null while too little has been measured.
 */
export function forecastOf(
  days: readonly Pick<Measurement, 'at' | 'diskFree'>[],
  { free, leastFree, now }: { free: number; leastFree: number; now: Date },
): Forecast | null {
  const points = [...days.filter(({ at }) => +at > +now - TREND_MS), { at: now, diskFree: free }]
  if (+now - +points[0]!.at < LEAST_MS) return null
  const xs = points.map(({ at }) => (+at - +now) / DAY_MS)
  const meanX = sum(xs) / xs.length
  const meanY = sum(points.map(({ diskFree }) => diskFree)) / xs.length
  const slope =
    sum(points.map(({ diskFree }, i) => (xs[i]! - meanX) * (diskFree - meanY))) / sum(xs.map((x) => (x - meanX) ** 2))
  const bytesADay = Math.round(-slope) + 0 // -0 becomes 0
  const room = free - leastFree
  if (room <= 0) return { bytesADay, daysLeft: 0 }
  // a disk that lasts for ten years counts as one that does not fill
  const daysLeft = bytesADay > 0 && room / bytesADay < 3650 ? Math.floor(room / bytesADay) : null
  return { bytesADay, daysLeft }
}

const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0)

/** Foretells with what is stored. */
export const foretell = async (
  db: Reader,
  scene: { free: number; leastFree: number; now: Date },
): Promise<Forecast | null> => forecastOf(await listMeasurements(db, new Date(+scene.now - TREND_MS)), scene)
