import { existsSync, readFileSync } from 'node:fs'
import { count, isNull, min, sql } from 'drizzle-orm'
import { lastBackups } from '../backups/model'
import type { App } from '../context'
import { isFalse, isTrue } from '../db/columns'
import type { Reader } from '../db/open'
import { diskSpace } from '../disk'
import { LANES, type Lane } from '../jobs/kinds'
import { jobs } from '../jobs/table'
import { foretell, lastMeasurement } from '../measurements/model'
import { measures } from '../measures'
import { memoryCacheOf } from '../media/deliver'
import { residentBytes } from '../media/resident'
import { pushes } from '../push/table'
import { countOpen } from '../reports/staff-list'
import { lifeOf } from '../tls/pair'
import { type Totals, totalsOf } from '../users/staff-list'
import { version } from '../version'
import { createExposition, type Exposition } from './exposition'

/** Sums over whole tables are asked for at most this often, however often metrics are read. */
const SUMS_MS = 60_000

/** Writes everything that `/metrics` shows. */
export async function gatherMetrics(app: App): Promise<string> {
  const to = createExposition()
  to.gauge('build_info', 'The version that runs. The value is always 1.', [[{ version }, 1]])
  to.gauge('start_time_seconds', 'When the process started.', performance.timeOrigin / 1000)
  ofRequests(to, app)
  await ofJobs(to, app)
  ofDatabase(to)
  ofMemory(to, app)
  await ofDisk(to, app)
  await ofSpace(to, app)
  await ofBackups(to, app)
  ofCertificate(to, app)
  await ofMessages(to, app)
  await ofCommunity(to, app)
  to.counter('log_lines_total', 'Lines that were logged.', byName('level', measures.logLines))
  return to.text()
}

const byName = (label: string, counts: Record<string, number>): [Record<string, string>, number][] =>
  Object.entries(counts).map(([name, value]) => [{ [label]: name }, value])

function ofRequests(to: Exposition, { events }: App) {
  const kinds = Object.entries(measures.requests)
  to.counter(
    'requests_total',
    'Requests by the kind of answer and by status.',
    kinds.flatMap(([kind, { statuses }]) =>
      [...statuses].map(([status, requests]): [{ kind: string; status: number }, number] => [
        { kind, status },
        requests,
      ]),
    ),
  )
  to.histogram(
    'request_seconds',
    'The time until an answer begins.',
    kinds.map(([kind, { seconds }]) => [{ kind }, seconds]),
  )
  to.gauge('event_streams', 'Open pages that wait for news.', events.size())
}

const isWaiting = sql<number>`sum(case when ${jobs.diedAt} is null and ${isFalse(jobs.leased)} and ${jobs.error} is null then 1 else 0 end)`
const isRetried = sql<number>`sum(case when ${jobs.diedAt} is null and ${isFalse(jobs.leased)} and ${jobs.error} is not null then 1 else 0 end)`
const isRunning = sql<number>`sum(case when ${jobs.diedAt} is null and ${isTrue(jobs.leased)} then 1 else 0 end)`
const isDead = sql<number>`sum(case when ${jobs.diedAt} is not null then 1 else 0 end)`
const oldest = min(sql<number>`case when ${jobs.diedAt} is null and ${isFalse(jobs.leased)} then ${jobs.dueAt} end`)

async function ofJobs(to: Exposition, { db, now }: App) {
  const rows = await db
    .select({ lane: jobs.lane, waiting: isWaiting, retrying: isRetried, running: isRunning, dead: isDead, oldest })
    .from(jobs)
    .groupBy(jobs.lane)
  const lanes = Object.keys(LANES) as Lane[]
  const of = (lane: Lane) => rows.find((row) => row.lane === lane)
  const states = ['waiting', 'retrying', 'running', 'dead'] as const
  to.gauge(
    'jobs',
    'Jobs by lane and state. Waiting ones include those that are due later.',
    lanes.flatMap((lane) =>
      states.map((state): [{ lane: Lane; state: string }, number] => [{ lane, state }, Number(of(lane)?.[state] ?? 0)]),
    ),
  )
  to.counter('job_attempts_total', 'Attempts of jobs, by how they ended.', byName('result', measures.jobs))
  to.gauge(
    'job_delay_seconds',
    'How long the oldest job that is due has waited.',
    lanes.map((lane) => {
      const dueAt = of(lane)?.oldest
      return [{ lane }, dueAt ? Math.max(0, +now() - Number(dueAt)) / 1000 : 0]
    }),
  )
}

function ofDatabase(to: Exposition) {
  const { commitSizes, commitSeconds } = measures
  to.counter('commits_total', 'Commits of the database. Several transactions may share one.', commitSizes.count)
  to.histogram('commit_transactions', 'How many transactions each commit contained.', [[{}, commitSizes]])
  to.histogram('commit_seconds', 'The time from the begin of a commit until it is stored.', [[{}, commitSeconds]])
}

function ofMemory(to: Exposition, { mediaWorker, storage }: App) {
  const { pid, videoPid } = mediaWorker
  to.gauge('resident_bytes', 'Memory of the server, and of the workers that process photos and videos.', [
    [{ process: 'server' }, process.memoryUsage.rss()],
    [{ process: 'worker' }, residentBytes(pid ?? undefined) + residentBytes(videoPid ?? undefined)],
  ])
  const { bytes, hits, misses } = memoryCacheOf(storage).state()
  to.gauge('cache_bytes', 'Pictures that are kept in memory.', bytes)
  to.counter('cache_requests_total', 'Requests for pictures, by whether they were in memory.', [
    [{ result: 'hit' }, hits],
    [{ result: 'miss' }, misses],
  ])
}

async function ofDisk(to: Exposition, { config, settings }: App) {
  const { free, size } = await diskSpace(config.dataDir)
  to.gauge('disk_free_bytes', 'What the server can still write to the disk of its data folder.', free)
  to.gauge('disk_size_bytes', 'The size of that disk.', size)
  to.gauge('disk_least_free_bytes', 'Uploads are refused when less is free.', settings().minFreeMb * 1024 ** 2)
}

async function ofSpace(to: Exposition, { db, config, settings, now }: App) {
  const last = await lastMeasurement(db)
  const { free } = await diskSpace(config.dataDir)
  const forecast = await foretell(db, { free, leastFree: settings().minFreeMb * 1024 ** 2, now: now() })
  const kinds = ['originals', 'renditions', 'rowBytes', 'uploads', 'exports', 'backups'] as const
  to.gauge(
    'space_bytes',
    'What uses the space, as it was measured within the last hour.',
    last ? kinds.map((kind) => [{ kind: kind === 'rowBytes' ? 'database' : kind }, last[kind]]) : [],
  )
  to.gauge(
    'disk_full_days',
    'In how many days uploads will be refused at the present pace; without a value when that is unknown or far away.',
    forecast && forecast.daysLeft !== null ? forecast.daysLeft : [],
  )
}

async function ofBackups(to: Exposition, { db, config }: App) {
  const { last, good } = await lastBackups(db)
  to.gauge('backup_configured', 'Whether backups are made every night.', config.backup ? 1 : 0)
  to.gauge(
    'backup_last_success_seconds',
    'When the last good backup was made; 0 for never.',
    good ? +good.at / 1000 : 0,
  )
  to.gauge('backup_last_failed', 'Whether the last backup failed.', last?.error ? 1 : 0)
  to.gauge('backup_last_bytes', 'The size of the last good backup.', good?.bytes ?? 0)
}

/** The certificate may be missing while the first one is ordered. */
function ofCertificate(to: Exposition, { config }: App) {
  if (!config.tls || !existsSync(config.tls.certPath)) return
  const { to: ends } = lifeOf(readFileSync(config.tls.certPath, 'utf8'))
  to.gauge('certificate_end_seconds', 'When the certificate of the server ends.', +ends / 1000)
}

async function ofMessages(to: Exposition, { db }: App) {
  const [row] = await db.select({ waiting: count() }).from(pushes).where(isNull(pushes.doneAt))
  to.gauge('pushes_waiting', 'Pushes that are not sent yet.', row?.waiting ?? 0)
  to.counter('pushes_total', 'Attempts to send pushes, by what became of them.', byName('result', measures.pushes))
  to.counter('mails_total', 'Attempts to hand over mail, by what became of them.', byName('result', measures.mails))
}

type Sums = Totals & { reports: number }
const known = new WeakMap<Reader, { sums: Promise<Sums>; until: number }>()

async function ofCommunity(to: Exposition, { db }: App) {
  const { users, posts, bytes, reports } = await sumsOf(db)
  to.gauge('people', 'Accounts.', users)
  to.gauge('posts', 'Published posts.', posts)
  to.gauge('stored_bytes', 'Photos and videos with all that was made of them.', bytes)
  to.gauge('open_reports', 'Reports that nobody has settled yet.', reports)
}

function sumsOf(db: Reader): Promise<Sums> {
  const before = known.get(db)
  if (before && performance.now() < before.until) return before.sums
  const sums = ask(db)
  sums.catch(() => known.delete(db))
  known.set(db, { sums, until: performance.now() + SUMS_MS })
  return sums
}

const ask = async (db: Reader): Promise<Sums> => ({
  ...(await totalsOf(db)),
  reports: await countOpen(db, { role: 'admin' }),
})
