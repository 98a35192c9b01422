import { json, str, table } from '../db/columns'

/** What staff changed, one row a setting; `key` is its path, as in `limits.uploads`. A setting without a row has its default. */
export const settingRows = table('settings', { key: str().primaryKey(), value: json<unknown>().notNull() })
