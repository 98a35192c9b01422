import { eq } from 'drizzle-orm'
import { defaults, type Settings, type SettingsPatch, settingsSchema, usualAdults } from '../../shapes/settings'
import type { Config } from '../config'
import type { Reader, Store, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { Problem } from '../problem'
import { settingRows } from './table'

// Prepared, since it runs after every commit.
const allRows = prepared((db: Reader) => db.select().from(settingRows).prepare())

/**
 * Reads the settings. Flags and environment variables take precedence over what the staff set, and that over the
 * defaults.
 */
export const readSettings = async (db: Reader, config: Pick<Config, 'fixed'>): Promise<Settings> =>
  settingsOf(await allRows(db).execute(), config)

function settingsOf(rows: (typeof settingRows.$inferSelect)[], { fixed }: Pick<Config, 'fixed'>): Settings {
  const set = new Map(rows.map(({ key, value }) => [key, value]))
  const shape = () => settingsSchema.shape
  const stored = (name: string) => set.get(name)
  const { timeZone } = { ...choose(shape, { timeZone: defaults.timeZone }, stored), ...fixed }
  const limits = choose(
    () => settingsSchema.shape.limits.shape,
    defaults.limits,
    (name) => set.get(`limits.${name}`),
  )
  return {
    ...choose(shape, { ...defaults, ...usualAdults(timeZone) }, stored),
    limits,
    ...fixed,
  }
}

/**
 * Keeps the current settings in memory, since every request needs them. Their rows are read again after every change, also
 * by another process, and checked only when they differ.
 */
export async function watchSettings(
  { db, onChange }: Pick<Store, 'db' | 'onChange'>,
  config: Pick<Config, 'fixed'>,
): Promise<() => Settings> {
  let rows = await allRows(db).execute()
  let current = settingsOf(rows, config)
  onChange(async () => {
    const now = await allRows(db).execute()
    if (Bun.deepEquals(now, rows)) return
    rows = now
    current = settingsOf(rows, config)
  }, [settingRows])
  return () => current
}

/** Names the settings that the staff cannot change, since a flag or an environment variable sets them. */
export const fixedNames = ({ fixed }: Pick<Config, 'fixed'>): (keyof Settings)[] =>
  Object.keys(fixed) as (keyof Settings)[]

/**
 * Stores changed settings. A setting fixed by a flag or an environment variable is refused, since the change would have
 * no effect.
 */
export async function changeSettings(
  tx: Tx,
  { limits, ...patch }: SettingsPatch & Partial<Pick<Settings, 'mark'>>,
  config: Pick<Config, 'fixed'>,
): Promise<Settings> {
  const errors = fixedNames(config)
    .filter((name) => name in patch)
    .map((path) => ({ path, message: 'A flag or an environment variable sets this when the server starts.' }))
  if (errors.length)
    throw new Problem('conflict', 'This setting is fixed when the server starts.', { code: 'setting_fixed', errors })
  const ofLimits =
    limits === null ? Object.keys(defaults.limits).map((name) => [name, null]) : Object.entries(limits ?? {})
  const changes = [
    ...Object.entries(patch),
    ...ofLimits.map(([name, value]) => [`limits.${name}`, value] as [string, unknown]),
  ]
  for (const [key, value] of changes) await change(tx, key, value)
  return readSettings(tx, config)
}

/** Lets the community begin with the language and the time zone of its host, unless these are fixed. */
export async function beginSettings(
  tx: Tx,
  host: { locale: Settings['locale']; timeZone: string | undefined },
  config: Pick<Config, 'fixed'>,
): Promise<void> {
  const fixed: string[] = fixedNames(config)
  for (const [key, value] of Object.entries(host)) if (!fixed.includes(key)) await change(tx, key, value)
}

async function change(tx: Tx, key: string, value: unknown) {
  if (value === undefined) return
  if (value === null) await tx.delete(settingRows).where(eq(settingRows.key, key))
  else
    await tx.insert(settingRows).values({ key, value }).onConflictDoUpdate({ target: settingRows.key, set: { value } })
}

/** Chooses the stored value of each setting. A value that another version stored and this one rejects is ignored. */
function choose<T extends object>(
  shape: () => { [K in keyof T]: { safeParse(value: unknown): { success: boolean } } },
  otherwise: T,
  stored: (name: string) => unknown,
): T {
  const pick = ([name, value]: [string, unknown]) => {
    const set = stored(name)
    return [name, set !== undefined && shape()[name as keyof T].safeParse(set).success ? set : value]
  }
  return Object.fromEntries(Object.entries(otherwise).map(pick)) as T
}
