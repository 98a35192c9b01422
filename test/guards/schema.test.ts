import { expect, test } from 'bun:test'
import { declaredTables, foreignKeys, migratedDatabase, migratedTables, type Table } from './schema'

const db = migratedDatabase()
const declared = await declaredTables()
const migrated = migratedTables(db)

/** One line for each fact, so that a failure names the columns that differ and nothing else. */
const facts = (tables: Table[]) =>
  tables
    .flatMap(({ name, columns, primaryKey, autoIncrement, unique }) => [
      ...columns.map((column) => {
        const isRequired = column.notNull ? ' not null' : ''
        return `${name}.${column.name} ${column.type}${isRequired}, default ${column.default}`
      }),
      `${name}: primary key (${primaryKey.join(', ')})${autoIncrement ? ' autoincrement' : ''}`,
      ...unique.map((columns) => `${name}: unique (${columns})`),
    ])
    .sort()

test('every table.ts agrees with the migrations: columns, types, nulls, defaults and keys', () => {
  expect(declared.length).toBeGreaterThan(30)
  expect(facts(declared)).toEqual(facts(migrated))
})

/** Columns that hold an id without a foreign key, and why the database does not check them. */
const UNCHECKED: Record<string, string> = {
  'idempotency.user_id': 'Rows are swept within days, and a check would slow down every repeatable request.',
  'inbox.post_id': 'A copy that can be rebuilt: it is written by the thousand, and the erasure job empties it.',
  'inbox.user_id': 'A copy that can be rebuilt: it is written by the thousand, and the erasure job empties it.',
  'mentions.comment_id': '0 stands for the caption of the post.',
  'notification_causes.comment_id': '0 stands for a cause that is not a comment.',
  'notifications.comment_id':
    'The column came with an `alter table`; notifications of a deleted comment are taken back.',
  'push_subscriptions.session_id': 'A subscription counts while its session is open, and may outlive the row.',
  'pushes.notice_id': 'A push may outlive its notification; it is dropped when it is due.',
  'pushes.origin_id': 'Repeated from the subscription, which has the foreign key.',
  'pushes.post_id': 'A push may outlive its post; it is dropped when it is due.',
  'users.avatar_file_id': 'Users and files refer to each other; a picture that is gone is not shown.',
}

test('a column that holds an id has a foreign key, or a reason for having none', () => {
  const checked = new Set(foreignKeys(db).map(({ table, column }) => `${table}.${column}`))
  const ids = migrated
    .flatMap(({ columns }) => columns)
    .filter(({ name, type }) => /_(id|by)$/.test(name) && type === 'integer')
    .map(({ table, name }) => `${table}.${name}`)
  expect(ids.length).toBeGreaterThan(50)
  expect(ids.filter((id) => !checked.has(id)).sort()).toEqual(Object.keys(UNCHECKED).sort())
})
