/** Writes rows as lines of columns that stand below each other. All rows have the same number of cells. */
export function inColumns(rows: readonly string[][]): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)), [])
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]! + 2))
      .join('')
      .trimEnd(),
  )
}
