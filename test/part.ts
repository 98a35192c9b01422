/** Whether long proofs run with all their cases: `npm test -- --on both`, or TEST_WHOLE=1 for `bun test`. */
export const runsAll = process.env.TEST_WHOLE === '1'

/** Every `n`th case, for proofs whose cases are much alike and take long; all of them before each merge. */
export const partOf = <T>(cases: readonly T[], n: number): T[] =>
  runsAll ? [...cases] : cases.filter((_, i) => i % n === 0)
