/** Counts values by how large they are, for one line of a histogram. */
export class Histogram {
  readonly counts: Float64Array
  sum = 0

  /** `bounds` are upper ends in rising order. Values above the last one are counted as well. */
  constructor(readonly bounds: readonly number[]) {
    this.counts = new Float64Array(bounds.length + 1)
  }

  add(value: number): void {
    let at = 0
    while (at < this.bounds.length && value > this.bounds[at]!) at++
    this.counts[at]!++
    this.sum += value
  }

  get count(): number {
    return this.counts.reduce((sum, each) => sum + each, 0)
  }
}

/** How a request was answered. No kind tells the address or the person. */
export type Answered = 'asset' | 'events' | 'fragment' | 'json' | 'media' | 'page'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256]

const requests = (): { statuses: Map<number, number>; seconds: Histogram } => ({
  statuses: new Map(),
  seconds: new Histogram(SECONDS),
})

/** Counters of this process since it started, which `/metrics` shows. */
export const measures = {
  requests: {
    asset: requests(),
    events: requests(),
    fragment: requests(),
    json: requests(),
    media: requests(),
    page: requests(),
  } satisfies Record<Answered, unknown>,
  /** How many transactions each commit of the database contained. */
  commitSizes: new Histogram(SIZES),
  commitSeconds: new Histogram(SECONDS),
  /** Attempts of jobs. */
  jobs: { done: 0, failed: 0 },
  logLines: { info: 0, warn: 0, error: 0 },
  mails: { accepted: 0, failed: 0 },
  pushes: { sent: 0, later: 0, gone: 0, refused: 0, dropped: 0, waits: 0 },
}

/** Counts a request. The time is that until the answer begins. */
export function countRequest(kind: Answered, status: number, startedAt: number): void {
  const { statuses, seconds } = measures.requests[kind]
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
  seconds.add((performance.now() - startedAt) / 1000)
}
