import { json, str, table } from '../db/columns'

/**
 * The settings that the staff changed, one row each; `key` is the path of the setting, such as `limits.uploads`. A
 * setting without a row has its default.
 */
export const settingRows = table('settings', { key: str().primaryKey(), value: json<unknown>().notNull() })
