/** A speed as the ratio to a bound that was measured in the same run, since machines differ and are noisy. */
export type Result = {
  name: string
  ratio: number
  /** What must be met. */
  floor?: number
  /** Where we want to be. */
  aim?: number
  /** For what should be small: what it must not pass. */
  atMost?: number
  /** What it was compared with, and what both came to. */
  bound: string
}

export const isMet = ({ ratio, floor, atMost }: Result) =>
  ratio >= (floor ?? 0) && ratio <= (atMost ?? Number.POSITIVE_INFINITY)

export const formatResult = (result: Result) => {
  const { name, ratio, floor, aim, atMost, bound } = result
  const wanted = [
    floor !== undefined && `floor ${floor}`,
    aim !== undefined && `aim ${aim}`,
    atMost !== undefined && `at most ${atMost}`,
  ]
  return `${isMet(result) ? 'met   ' : 'MISSED'} ${name.padEnd(32)} ${ratio.toFixed(2)} (${wanted.filter(Boolean).join(', ')}) of ${bound}`
}
