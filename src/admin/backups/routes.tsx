import { type Context, Hono } from 'hono'
import { type BackupState, backupSchema, backupStateSchema } from '../../../shapes/backups'
import { BackupsPage, BackupsPart } from '../../../views/admin/backups'
import { record } from '../../actions/record'
import { nameOfPlace } from '../../backup-place'
import { backupJson } from '../../backups/json'
import { BACKUP_JOB, lastBackups, listBackups, nextBackup } from '../../backups/model'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged } from '../../http/reply'
import { staff } from '../../http/viewer'
import { enqueueOnce } from '../../jobs/queue'
import { Problem } from '../../problem'

async function stateOf({ var: { app } }: Context<Env>): Promise<BackupState> {
  const { backup, backupPassphrase } = app.config
  const { isRunning, at } = await nextBackup(app.db)
  const { good } = await lastBackups(app.db)
  return {
    place: backup ? nameOfPlace(backup) : null,
    isEncrypted: backupPassphrase !== undefined,
    isRunning,
    nextAt: at?.toISOString() ?? null,
    lastGoodAt: good?.at.toISOString() ?? null,
  }
}

export const adminBackups = new Hono<Env>()
  .get(
    '/',
    api('List the backups and how each ended, newest first.', {
      lists: backupSchema,
      with: () => backupStateSchema.shape,
      errors: [401, 403],
    }),
    async (c) => {
      staff(c, 'admin')
      const page = await listBackups(c.var.app.db, wanted(c))
      const next = nextLink(c, page)
      const backups = page.items.map(backupJson)
      const shown = await stateOf(c)
      return reply(c, {
        json: () => ({ ...page, items: backups, ...shown }),
        part: () => <BackupsPart backups={backups} next={next} />,
        page: () => <BackupsPage backups={backups} next={next} state={shown} />,
      })
    },
  )
  .post(
    '/',
    api('Make a backup now. It appears in the list when it has ended.', {
      answers: backupStateSchema,
      errors: [401, 403, 409],
    }),
    async (c) => {
      const { config, now } = c.var.app
      const me = staff(c, 'admin')
      if (!config.backup)
        throw new Problem(
          'conflict',
          'Set PINHOLE_BACKUP when you start the server, then backups are made every night.',
        )
      if ((await nextBackup(c.var.app.db)).isRunning)
        throw new Problem('conflict', 'A backup is being made already. Please wait until it is done.', {
          code: 'in_progress',
        })
      await c.var.write(async (tx) => {
        await enqueueOnce(tx, 'backups.make', BACKUP_JOB, {}, now())
        await record(tx, { kind: 'backup_asked', by: me }, now())
      })
      const shown = await stateOf(c)
      return replyChanged(c, { json: () => shown }, '/admin/backups')
    },
  )
