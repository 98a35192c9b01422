import { expect, test } from 'bun:test'
import { UNCHECKED } from './references'
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

test('a column that holds an id has a foreign key, or a reason for having none', () => {
  const checked = new Set(foreignKeys(db).map(({ table, column }) => `${table}.${column}`))
  const ids = migrated
    .flatMap(({ columns }) => columns)
    .filter(({ name, type }) => /_(id|by)$/.test(name) && type === 'integer')
    .map(({ table, name }) => `${table}.${name}`)
  expect(ids.length).toBeGreaterThan(50)
  expect(ids.filter((id) => !checked.has(id)).sort()).toEqual(Object.keys(UNCHECKED).sort())
})
