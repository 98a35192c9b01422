import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { AdminPage } from '../../views/admin/desk'
import { lastBackups } from '../backups/model'
import { countAsked } from '../coins/payouts/model'
import { countPending } from '../coins/topups/model'
import type { Env } from '../context'
import { freeBytes } from '../disk'
import { api } from '../http/api'
import { reply } from '../http/reply'
import { staff } from '../http/viewer'
import { countDead } from '../jobs/staff-list'
import { foretell } from '../measurements/model'
import { countOpen } from '../reports/staff-list'
import { countWaiting } from '../users/approval'
import { totalsOf } from '../users/staff-list'
import { countFlags } from '../words/settle'
import { adminActions } from './actions/routes'
import { adminAppeals } from './appeals/routes'
import { adminAudit } from './audit/routes'
import { adminBackups } from './backups/routes'
import { adminCheckouts } from './checkouts/routes'
import { adminCopies } from './copies/routes'
import { adminFlags } from './flags/routes'
import { adminInvites } from './invites/routes'
import { adminJobs } from './jobs/routes'
import { adminMail } from './mail/routes'
import { adminPacks } from './packs/routes'
import { adminPages } from './pages/routes'
import { adminPayouts } from './payouts/routes'
import { adminPosts } from './posts/routes'
import { adminPurchases } from './purchases/routes'
import { adminRefunds } from './refunds/routes'
import { adminReports } from './reports/routes'
import { adminSettings } from './settings/routes'
import { adminStatistics } from './statistics/routes'
import { adminTopups } from './topups/routes'
import { adminInvited } from './users/invited-routes'
import { adminLeaving } from './users/leaving-routes'
import { adminMany } from './users/many-routes'
import { adminUsers } from './users/routes'
import { adminSuspension } from './users/suspension-routes'
import { adminTotp } from './users/totp-routes'
import { adminVouchers } from './vouchers/routes'
import { adminWords } from './words/routes'

const figures = object(() => ({
  users: z.int(),
  posts: z.int(),
  deadJobs: z.int(),
  openReports: z.int(),
  heldTexts: z.int().describe('The texts with listed words that wait for a decision.'),
  waitingMembers: z.int().describe('The people who wait for the staff to let them join.'),
  pendingTopups: z.int().optional().describe('Only for administrators.'),
  pendingPayouts: z.int().optional().describe('Only for administrators.'),
  storageBytes: z.int(),
  diskFreeBytes: z.int().describe('How much can still be stored on the disk of the server.'),
  diskFullInDays: z
    .int()
    .nullable()
    .describe('When uploads will be refused if it goes on like this; null if that is not known or far away.'),
  lastBackupAt: z.iso
    .datetime()
    .nullable()
    .optional()
    .describe('When the last good backup was made. Only for administrators.'),
}))

export const admin = new Hono<Env>()
  .get('/', api('Get the key figures of the community.', { answers: figures, errors: [401, 403] }), async (c) => {
    const { db, config, settings, now } = c.var.app
    const me = staff(c)
    const free = await freeBytes(config.dataDir)
    const forecast = await foretell(db, { free, leastFree: settings().minFreeMb * 1024 ** 2, now: now() })
    const { users, posts, bytes } = await totalsOf(db)
    const counts = {
      users,
      posts,
      deadJobs: await countDead(db),
      ...(me.role === 'admin' && { pendingTopups: await countPending(db), pendingPayouts: await countAsked(db) }),
      openReports: await countOpen(db, me),
      heldTexts: await countFlags(db, me),
      waitingMembers: await countWaiting(db),
      storageBytes: bytes,
      diskFreeBytes: free,
      diskFullInDays: forecast?.daysLeft ?? null,
      ...(me.role === 'admin' && { lastBackupAt: (await lastBackups(db)).good?.at.toISOString() ?? null }),
    }
    return reply(c, { json: () => counts, page: () => <AdminPage {...counts} /> })
  })
  .route('/actions', adminActions)
  .route('/appeals', adminAppeals)
  .route('/audit', adminAudit)
  .route('/backups', adminBackups)
  .route('/checkouts', adminCheckouts)
  .route('/flags', adminFlags)
  .route('/invites', adminInvites)
  .route('/jobs', adminJobs)
  .route('/mail', adminMail)
  .route('/packs', adminPacks)
  .route('/pages', adminPages)
  .route('/payouts', adminPayouts)
  .route('/posts', adminPosts)
  .route('/purchases', adminPurchases)
  .route('/refunds', adminRefunds)
  .route('/reports', adminReports)
  .route('/settings', adminSettings)
  .route('/statistics', adminStatistics)
  .route('/copies', adminCopies)
  .route('/topups', adminTopups)
  .route('/users', adminUsers)
  .route('/users', adminInvited)
  .route('/users', adminMany)
  .route('/users', adminSuspension)
  .route('/users', adminLeaving)
  .route('/users', adminTotp)
  .route('/vouchers', adminVouchers)
  .route('/words', adminWords)
