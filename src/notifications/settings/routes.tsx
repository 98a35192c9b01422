import { type Context, Hono } from 'hono'
import { noticeSettingsPatchSchema, noticeSettingsSchema } from '../../../shapes/notification-settings'
import { NoticeSettingsForm, NoticeSettingsPage } from '../../../views/notifications/settings'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { reply, replyChanged } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { DEFAULTS } from '../choices'
import { changeNoticeSettings, settingsOf } from './model'

async function change(c: Context<Env>, patch: Parameters<typeof changeNoticeSettings>[2]) {
  const me = viewer(c)
  const settings = await c.var.write((tx) => changeNoticeSettings(tx, me, patch))
  const part = () => <NoticeSettingsForm settings={settings} />
  return replyChanged(c, { json: () => settings, part }, '/notifications/settings')
}

export const noticeSettings = new Hono<Env>()
  .get('/', api('Get your notification settings.', { answers: noticeSettingsSchema, errors: [401] }), async (c) => {
    const settings = await settingsOf(c.var.app.db, viewer(c))
    return reply(c, {
      json: () => settings,
      part: () => <NoticeSettingsForm settings={settings} />,
      page: () => <NoticeSettingsPage settings={settings} />,
    })
  })
  .put(
    '/',
    api('Replace your notification settings. Omitted fields return to their defaults.', {
      body: noticeSettingsPatchSchema,
      answers: noticeSettingsSchema,
      errors: [401],
    }),
    async (c) => {
      viewer(c)
      const { choices, quietHours } = await input(c, noticeSettingsPatchSchema)
      return change(c, { choices: { ...DEFAULTS, ...choices }, quietHours: { on: false, ...quietHours } })
    },
  )
  .patch(
    '/',
    api('Change your notification settings. Omitted fields stay as they are.', {
      body: noticeSettingsPatchSchema,
      answers: noticeSettingsSchema,
      errors: [401],
    }),
    async (c) => {
      const me = viewer(c)
      const patch = await input(c, noticeSettingsPatchSchema, async (form) => (
        <NoticeSettingsForm {...form} settings={await settingsOf(c.var.app.db, me)} />
      ))
      return change(c, patch)
    },
  )
