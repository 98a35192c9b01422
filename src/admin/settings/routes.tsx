import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { settingsPatchSchema, settingsSchema } from '../../../shapes/settings'
import { SettingsForm, SettingsPage } from '../../../views/admin/settings'
import { changeSettingsBy } from '../../actions/settings'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { reply, replyChanged } from '../../http/reply'
import { staff } from '../../http/viewer'
import { fixedNames } from '../../settings/model'
import { requireSecondFactor } from '../../users/totp/model'
import { adminMark } from './mark-routes'

const answer = object(() => ({
  ...settingsSchema.shape,
  fixed: z
    .array(z.string())
    .describe('The settings that flags or environment variables fix, so that they cannot be changed here.'),
}))

export const adminSettings = new Hono<Env>()
  .route('/mark', adminMark)
  .get('/', api('Get the settings.', { answers: answer, errors: [401, 403] }), (c) => {
    const { settings, config } = c.var.app
    staff(c, 'admin')
    const shown = { settings: settings(), fixed: fixedNames(config) }
    return reply(c, {
      json: () => ({ ...shown.settings, fixed: shown.fixed }),
      page: () => <SettingsPage {...shown} />,
    })
  })
  .patch(
    '/',
    api('Change the given settings; null restores the default.', {
      body: settingsPatchSchema,
      answers: answer,
      errors: [401, 403, 409],
    }),
    async (c) => {
      const { settings, config, now } = c.var.app
      const { write } = c.var
      const me = staff(c, 'admin')
      const fixed = fixedNames(config)
      const patch = await input(c, settingsPatchSchema, (form) => (
        <SettingsForm {...form} settings={settings()} fixed={fixed} />
      ))
      const changed = await write(async (tx) => {
        if (patch.staffSecondFactor) await requireSecondFactor(tx, me)
        return changeSettingsBy(tx, me, patch, config, now())
      })
      const part = () => <SettingsForm settings={changed} fixed={fixed} />
      return replyChanged(c, { json: () => ({ ...changed, fixed }), part }, '/admin/settings')
    },
  )
