import { instantOf } from '../time-zone'
import { type Bundle, type Part, readPart, split } from './bundle'
import type { Trouble } from './post'

/** What a table says about a picture. Rows with the same `post` are pictures of one post. */
export type Row = { caption?: string; at?: Date; altText?: string; post?: string }

const MOST_CSV = 64 * 1024 ** 2
const TABLES = ['captions.csv', 'metadata.csv', 'pictures.csv', 'photos.csv']

/** What the columns may be called. */
const COLUMNS = {
  file: ['file', 'filename', 'file_name', 'name', 'path', 'sourcefile', '파일'],
  caption: ['caption', 'description', 'text', 'title', '설명', '문구'],
  at: ['date', 'time', 'datetime', 'taken', 'published', 'created', 'datetimeoriginal', '날짜'],
  altText: ['alt', 'alt_text', 'alttext', '대체텍스트'],
  post: ['post', 'group', 'album', '게시물'],
} as const
type Column = keyof typeof COLUMNS

/** The table with captions: the one that was named, or one with a usual name. */
export function findTable({ parts }: Bundle, named: string | undefined): Part | undefined {
  const found = parts.find(({ path }) => (named ? path === named : TABLES.includes(split(path).name.toLowerCase())))
  if (named && !found) throw new Error(`There is no table ${named} in what you import.`)
  return found
}

export type Rows = { find(path: string): Row | undefined; unused(): string[] }

/** Reads a CSV whose first row names the columns. */
export async function rowsOf(table: Part | undefined, timeZone: string, troubles: Trouble[]): Promise<Rows> {
  const rows = new Map<string, Row>()
  const used = new Set<string>()
  if (table) await readRows(table, { timeZone, troubles, rows })
  return {
    find(path) {
      const key = [path, split(path).name].find((name) => rows.has(name.normalize('NFC')))?.normalize('NFC')
      if (key) used.add(key)
      return key === undefined ? undefined : rows.get(key)
    },
    unused: () => [...rows.keys()].filter((key) => !used.has(key)),
  }
}

type Reading = { timeZone: string; troubles: Trouble[]; rows: Map<string, Row> }

async function readRows(table: Part, { timeZone, troubles, rows }: Reading) {
  const { parse } = await import('csv-parse/sync')
  const text = (await readPart(table, MOST_CSV)).toString('utf8')
  const delimiter = (text.split('\n')[0]?.match(/[;\t]/)?.[0] ?? ',') as string
  let lines: string[][]
  try {
    lines = parse(text, { bom: true, relaxColumnCount: true, skipEmptyLines: true, delimiter })
  } catch (error) {
    throw new Error(`${table.path} is not a table in CSV: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
  const heads = (lines.shift() ?? []).map((head) => head.trim().toLowerCase())
  const place = (column: Column) => heads.findIndex((head) => (COLUMNS[column] as readonly string[]).includes(head))
  const places = Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, place(name as Column)]))
  if (places.file! < 0) throw new Error(`${table.path} has no column "file". Its first line must name the columns.`)
  for (const line of lines) {
    const cell = (column: Column) => (places[column]! < 0 ? undefined : line[places[column]!]?.trim())
    const file = cell('file')?.replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC')
    if (!file) continue
    const at = readTime(cell('at') ?? '', timeZone)
    if (cell('at') && !at)
      troubles.push({ path: file, reason: `The table gives no time that can be read: "${cell('at')}".` })
    const [caption, altText, post] = [cell('caption'), cell('altText'), cell('post')]
    rows.set(file, {
      ...(caption !== undefined && { caption }),
      ...(altText && { altText }),
      ...(post && { post }),
      ...(at && { at }),
    })
  }
}

/**
 * Reads a time such as `2019-05-04`, `2019:05:04 12:30:00` or `2019-05-04T12:30:00+09:00`. Without an offset it is the time
 * on a clock in `timeZone`, as cameras write it.
 */
export function readTime(text: string, timeZone: string): Date | undefined {
  const match = text
    .trim()
    .match(/^(\d{4})[-:./](\d\d?)[-:./](\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0))
  if (!year || !month || !day || month > 12 || day > 31) return undefined
  const shown = Date.UTC(year, month - 1, day, hour, minute, second)
  const offset = match[7]
  if (!offset) return new Date(instantOf(shown, timeZone))
  if (offset === 'Z') return new Date(shown)
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))]
  return new Date(shown - (offset[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000)
}
