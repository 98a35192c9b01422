/**
 * A result is a ratio to a bound that was measured in the same run, because absolute speeds differ between machines and
 * runs.
 */
export type Result = {
  name: string
  ratio: number
  /** The ratio must not be below this. */
  floor?: number
  /** The ratio that we aim for. */
  aim?: number
  /** The ratio must not be above this (for values that should be small). */
  atMost?: number
  /** What the ratio compares with, and both measured values. */
  bound: string
}

export const isMet = ({ ratio, floor, atMost }: Result) =>
  ratio >= (floor ?? 0) && ratio <= (atMost ?? Number.POSITIVE_INFINITY)

/** One line for people. */
function formatResult(result: Result): string {
  const { name, ratio, floor, aim, atMost, bound } = result
  const wanted = [
    floor !== undefined && `floor ${floor}`,
    aim !== undefined && `aim ${aim}`,
    atMost !== undefined && `at most ${atMost}`,
  ]
  const verdict = isMet(result) ? 'met   ' : 'MISSED'
  return `${verdict} ${name.padEnd(32)} ${ratio.toFixed(2)} (${wanted.filter(Boolean).join(', ')}) of ${bound}`
}

type Print = { out: (line: string) => void; err: (line: string) => void }

/**
 * Runs benchmarks and prints each result when it is known. With `json`, standard output gets a single JSON document at
 * the end, and the lines go to standard error.
 */
export async function runBenches(
  benches: (() => Promise<Result[]>)[],
  { json = false, out, err }: Print & { json?: boolean | undefined },
): Promise<Result[]> {
  const results: Result[] = []
  for (const bench of benches)
    for (const result of await bench()) {
      results.push(result)
      ;(json ? err : out)(formatResult(result))
    }
  if (json) out(JSON.stringify({ results }))
  return results
}
