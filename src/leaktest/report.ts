import { KINDS, type Kind, type Somebody } from './people'

type Cell = { tried: number; leaks: number; shut: number }
export type Row = { door: string } & Partial<Record<Kind, Cell>>
export type Finding = { door: string; kind: Kind; handle: string; what: string }
export type Findings = ReturnType<typeof createFindings>

/** How many findings are listed. All of them are counted. */
const MOST_LISTED = 200

/** Ends the test at the first leak when `stopAtFirst` is set. */
export class LeakFound extends Error {}

/** Collects the findings for each door and kind of person. */
export function createFindings(stopAtFirst = false) {
  const rows = new Map<string, Row>()
  const leaks: Finding[] = []
  const shut: Finding[] = []

  const cellOf = (door: string, kind: Kind): Cell => {
    const row = rows.get(door) ?? { door }
    rows.set(door, row)
    row[kind] ??= { tried: 0, leaks: 0, shut: 0 }
    return row[kind]
  }
  const note = (list: Finding[], door: string, { kind, handle }: Somebody, what: string) => {
    if (
      list.length < MOST_LISTED &&
      !list.some((each) => each.door === door && each.kind === kind && each.what === what)
    )
      list.push({ door, kind, handle, what })
  }
  return {
    tried: (door: string, { kind }: Somebody) => void cellOf(door, kind).tried++,
    leak(door: string, who: Somebody, what: string) {
      cellOf(door, who.kind).leaks++
      note(leaks, door, who, what)
      if (stopAtFirst) throw new LeakFound(what)
    },
    /**
     * Records that a person did not get something they may have, or got no valid answer. A door that never opens proves
     * nothing.
     */
    shut(door: string, who: Somebody, what: string) {
      cellOf(door, who.kind).shut++
      note(shut, door, who, what)
    },
    result: () => ({ doors: [...rows.values()], leaks, shut }),
  }
}

/** Formats the report with one line per door and one column per kind of person. */
export function tableOf(rows: Row[]): string {
  const wide = Math.max(...rows.map(({ door }) => door.length), 4)
  const line = (first: string, cells: string[]) =>
    [first.padEnd(wide), ...cells.map((cell) => cell.padEnd(10))].join('  ').trimEnd()
  return [
    line('door', [...KINDS]),
    ...rows.map((row) =>
      line(
        row.door,
        KINDS.map((kind) => wordFor(row[kind])),
      ),
    ),
  ].join('\n')
}

function wordFor(cell: Cell | undefined): string {
  if (!cell) return '·'
  if (cell.leaks) return `LEAK ${cell.leaks}`
  return cell.shut ? `SHUT ${cell.shut}` : 'ok'
}
