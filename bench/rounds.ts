/** The middle one of an odd number of values. */
export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** Measures in turns, once each round, and returns the speeds of each round for each of them. */
export async function inRounds(rounds: number, ...measures: (() => Promise<number>)[]): Promise<number[][]> {
  const speeds: number[][] = measures.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [i, measure] of measures.entries()) speeds[i]!.push(await measure())
  return speeds
}

/**
 * Compares speeds that were measured in the same rounds. Other load on the machine comes and goes from round to round,
 * so the ratio is the median of the ratios of the rounds, and not the ratio of the medians.
 */
export const compareRounds = (ours: number[], bound: number[]) => ({
  ratio: median(ours.map((speed, round) => speed / bound[round]!)),
  ours: Math.round(median(ours)),
  bound: Math.round(median(bound)),
})
