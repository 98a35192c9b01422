import { Column, getTableName, is, Param, Placeholder, SQL } from 'drizzle-orm'
import type { SelectedFieldsOrdered } from 'drizzle-orm/sqlite-core'

/** The values of a query's placeholders, by name. */
export type Values = Record<string, unknown>
/** Whether every row of a query has the table, by its name. */
export type Joins = Record<string, boolean>
/** A row as the driver returns it: the values in the order of the selected columns. */
export type Row = unknown[]

/**
 * Writes a function that lists the values of a query's parameters, such as `v => [p[0], v["id"] ?? unset(v, "id")]`. The
 * engine compiles it, as it does the functions of `mapper`. Throws when a placeholder has no value.
 */
export function binder(params: unknown[]): (values: Values) => unknown[] {
  const encoders: Encoder[] = []
  const list = params.map((param, at) => {
    const open = is(param, Param) ? param.value : param
    if (!is(open, Placeholder)) return `p[${at}]`
    const name = JSON.stringify(open.name)
    const given = `v[${name}] ?? unset(v, ${name})`
    if (!is(param, Param) || param.encoder.mapToDriverValue === Column.prototype.mapToDriverValue) return given
    encoders[at] = param.encoder
    return `e[${at}].mapToDriverValue(${given})`
  })
  return new Function('p', 'e', 'unset', `return v => [${list.join(', ')}]`)(params, encoders, unset)
}

type Encoder = Pick<Param['encoder'], 'mapToDriverValue'>

/** Returns a value that is null or undefined, as it may be, and throws when there is none. */
function unset(values: Values, name: string): unknown {
  if (!(name in values)) throw new Error(`No value for placeholder "${name}" was provided`)
  return values[name]
}

type Decoder = { mapFromDriverValue(value: unknown): unknown }
const isIdentity = ({ mapFromDriverValue: decode }: Decoder) =>
  decode === Column.prototype.mapFromDriverValue || decode === PLAIN.mapFromDriverValue
const decoderOf = (field: SelectedFieldsOrdered[number]['field']): Decoder =>
  is(field, Column)
    ? field
    : ((is(field, SQL) ? field : (field as SQL.Aliased).sql) as unknown as { decoder: Decoder }).decoder
const PLAIN = decoderOf(new SQL([]))

/**
 * Writes a function that makes objects from rows, such as `row => ({ post: { id: row[0] } })`. The engine compiles it,
 * so that a row costs a fraction of walking through the list of columns. `joins` says which tables every row has; the
 * object of another one is null in rows without it.
 */
export function mapper(selected: SelectedFieldsOrdered, joins: Joins = {}): (rows: Row[]) => object[] {
  const decoders: Decoder[] = []
  type Tree = Map<string, string | Tree>
  const tree: Tree = new Map()
  for (const [at, { path, field }] of selected.entries()) {
    const decoder = decoderOf(field)
    decoders.push(decoder)
    const value = isIdentity(decoder)
      ? `row[${at}]`
      : `row[${at}] === null ? null : d[${at}].mapFromDriverValue(row[${at}])`
    let node = tree
    for (const key of path.slice(0, -1)) {
      const below = node.get(key)
      const next: Tree = below instanceof Map ? below : new Map()
      node.set(key, next)
      node = next
    }
    node.set(path.at(-1)!, value)
  }
  const write = (node: Tree): string =>
    `{ ${[...node].map(([key, value]) => `${JSON.stringify(key)}: ${typeof value === 'string' ? value : write(value)}`).join(', ')} }`
  for (const [name, at] of missing(selected, joins))
    tree.set(name, `row[${at}] === null ? null : ${write(tree.get(name) as Tree)}`)
  return new Function('d', `return rows => rows.map(row => (${write(tree)}))`)(decoders) as (rows: Row[]) => object[]
}

/**
 * The objects that an outer join may leave out, and the column of each that is null then. As in drizzle, that is the
 * first one of an object all of whose columns are of the same table.
 */
function missing(selected: SelectedFieldsOrdered, joins: Joins): Map<string, number> {
  const first = new Map<string, { at: number; table: string | undefined }>()
  for (const [at, { path, field }] of selected.entries()) {
    const [name, ...below] = path
    if (name === undefined || below.length !== 1 || !is(field, Column)) continue
    const table = getTableName(field.table)
    const known = first.get(name)
    if (!known) first.set(name, { at, table })
    else if (known.table !== table) known.table = undefined
  }
  return new Map([...first].flatMap(([name, { at, table }]) => (table && joins[table] === false ? [[name, at]] : [])))
}
