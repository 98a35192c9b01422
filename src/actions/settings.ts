import type { Settings } from '../../shapes/settings'
import type { Config } from '../config'
import type { Tx } from '../db/open'
import { changeSettings, readSettings } from '../settings/model'
import { forgetAllAdults } from '../users/adults/model'
import { type Doer, record } from './record'

/**
 * Changes settings on behalf of somebody, and records each one that is different afterwards with both values. Secrets
 * are never among them: those come from environment variables.
 */
export async function changeSettingsBy(
  tx: Tx,
  by: Doer,
  patch: Parameters<typeof changeSettings>[1],
  config: Pick<Config, 'fixed'>,
  now: Date,
): Promise<Settings> {
  const earlier = await readSettings(tx, config)
  const before = flat(earlier)
  const changed = await changeSettings(tx, patch, config)
  for (const [name, to] of Object.entries(flat(changed))) {
    const from = before[name]
    if (!Bun.deepEquals(from, to, true))
      await record(tx, { kind: 'setting_changed', by, detail: { name, from, to } }, now)
  }
  await forgetAllAdults(tx, earlier, changed, now)
  return changed
}

/** The settings by their names, with each limit as a setting of its own. */
function flat({ limits, ...settings }: Settings): Record<string, unknown> {
  const ofLimits = Object.entries(limits).map(([name, value]) => [`limits.${name}`, value])
  return { ...settings, ...Object.fromEntries(ofLimits) }
}
