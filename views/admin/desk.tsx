import type { PropsWithChildren } from 'hono/jsx'
import { useFrame } from '../frame'
import { Layout } from '../layout'
import { bytesText } from '../parts/bytes'
import { relativeTime } from '../parts/relative'
import { numberText } from '../words/format'
import { DeskNavigation } from './navigation'

/** The figures on the overview of the staff desk. */
export type DeskCounts = {
  users: number
  posts: number
  deadJobs: number
  openReports: number
  waitingMembers: number
  heldTexts: number
  /** Only for administrators. */
  pendingTopups?: number
  /** Only for administrators. */
  pendingPayouts?: number
  storageBytes: number
  diskFreeBytes: number
  /** Null when that is not known or far away. */
  diskFullInDays: number | null
  /** Only for administrators: when the last good backup was made. */
  lastBackupAt?: string | null
}

export function AdminPage({
  users,
  posts,
  deadJobs,
  openReports,
  waitingMembers,
  heldTexts,
  pendingTopups,
  pendingPayouts,
  storageBytes,
  diskFreeBytes,
  diskFullInDays,
  lastBackupAt,
}: DeskCounts) {
  const { t, coins } = useFrame()
  return (
    <Desk title={t('Staff desk')}>
      <dl class="figures">
        <Figure name={t('People')} value={numberText(users, t.locale)} href="/admin/users" />
        <Figure name={t('Posts')} value={numberText(posts, t.locale)} href="/posts" />
        <Figure name={t('Storage used')} value={bytesText(storageBytes, t.locale)} />
        <Figure name={t('Free on the disk')} value={bytesText(diskFreeBytes, t.locale)} href="/admin/statistics" />
        {diskFullInDays !== null && (
          <Figure
            name={t('Disk full')}
            value={t({ one: 'in {n} day', other: 'in {n} days' }, { n: diskFullInDays })}
            href="/admin/statistics"
            alarming={diskFullInDays <= 14}
          />
        )}
        {lastBackupAt !== undefined && (
          <Figure
            name={t('Last good backup')}
            value={lastBackupAt ? relativeTime(new Date(lastBackupAt), new Date(), t.locale) : t('never')}
            href="/admin/backups"
            alarming={!lastBackupAt || isOld(lastBackupAt)}
          />
        )}
        <Figure
          name={t('Open reports')}
          value={numberText(openReports, t.locale)}
          href="/admin/reports"
          alarming={openReports > 0}
        />
        {heldTexts > 0 && (
          <Figure name={t('Texts to check')} value={numberText(heldTexts, t.locale)} href="/admin/flags" alarming />
        )}
        {waitingMembers > 0 && (
          <Figure
            name={t('Waiting to join')}
            value={numberText(waitingMembers, t.locale)}
            href="/admin/users?state=waiting"
            alarming
          />
        )}
        <Figure
          name={t('Failed jobs')}
          value={numberText(deadJobs, t.locale)}
          href="/admin/jobs"
          alarming={deadJobs > 0}
        />
        {coins !== null && pendingTopups !== undefined && (
          <Figure
            name={t('Pending top-ups')}
            value={numberText(pendingTopups, t.locale)}
            href="/admin/topups?status=pending"
          />
        )}
        {coins !== null && pendingPayouts !== undefined && (
          <Figure
            name={t('Pending payouts')}
            value={numberText(pendingPayouts, t.locale)}
            href="/admin/payouts?status=asked"
          />
        )}
      </dl>
      <DeskNavigation class="desk-rows" />
    </Desk>
  )
}

/** A nightly backup is at most a day old. This leaves time for it to be made. */
const OLD_MS = 30 * 3600_000
const isOld = (at: string) => Date.now() - Date.parse(at) > OLD_MS

function Figure({ name, value, href, alarming }: { name: string; value: string; href?: string; alarming?: boolean }) {
  return (
    <div class={alarming ? 'figure alarming' : 'figure'}>
      <dt>{href ? <a href={href}>{name}</a> : name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** The layout of all staff pages. */
export function Desk({ title, children }: PropsWithChildren<{ title: string }>) {
  const { path } = useFrame()
  return (
    <Layout
      title={title}
      wide
      beside={<DeskNavigation class="desk-side" />}
      {...(path !== '/admin' && { back: '/admin' })}
    >
      {children}
    </Layout>
  )
}
