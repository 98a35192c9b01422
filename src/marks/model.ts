import { and, eq, sql } from 'drizzle-orm'
import { ICONS, type IconName } from '../../shapes/mark'
import type { Settings } from '../../shapes/settings'
import type { Doer } from '../actions/record'
import { changeSettingsBy } from '../actions/settings'
import type { Config } from '../config'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { marks } from './table'

export type Icons = Record<IconName, Uint8Array>

const byHash = prepared((db: Reader) =>
  db
    .select({ bytes: marks.bytes })
    .from(marks)
    .where(and(eq(marks.name, sql.placeholder('name')), eq(marks.hash, sql.placeholder('hash'))))
    .prepare(),
)

const HASH_LENGTH = 16

/**
 * Replaces the mark of the community; null restores the default one. Its hash is a setting, so that it is in memory,
 * since every page shows the mark.
 */
export async function setMark(
  tx: Tx,
  by: Doer,
  icons: Icons | null,
  config: Pick<Config, 'fixed'>,
  now: Date,
): Promise<Settings> {
  const hash = icons && hashOfAll(icons)
  await tx.delete(marks)
  for (const [name, bytes] of Object.entries(icons ?? {}))
    await tx.insert(marks).values({ name: name as IconName, hash: hash!, bytes: Buffer.from(bytes).toString('base64') })
  return changeSettingsBy(tx, by, { mark: hash }, config, now)
}

function hashOfAll(icons: Icons): string {
  const hasher = new Bun.CryptoHasher('sha256')
  for (const name of Object.keys(ICONS) as IconName[]) hasher.update(icons[name])
  return hasher.digest('hex').slice(0, HASH_LENGTH)
}

/** Reads an icon of the mark with this hash. Null if the community has another mark. */
export async function lookUpIcon(db: Reader, hash: string, name: IconName): Promise<Buffer<ArrayBuffer> | null> {
  const [icon] = await byHash(db).execute({ hash, name })
  return icon ? Buffer.from(icon.bytes, 'base64') : null
}

/** Returns the addresses of the icons of the mark. Null for the default mark. */
export const markOf = ({ mark }: Pick<Settings, 'mark'>) =>
  mark === null ? null : { urlOf: (name: IconName) => `/marks/${mark}/${name}` }

export type Mark = NonNullable<ReturnType<typeof markOf>>
