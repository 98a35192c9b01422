/** Milliseconds: longer than anything takes on a busy machine, and less than the time after which a test has hung. */
const PATIENCE_MS = 120_000

/** Repeats the check until it returns something true, and returns that. */
export async function until<T>(
  what: string,
  look: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  pauseMs = 20,
): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const seen = await look()
    if (seen) return seen
    if (performance.now() > end) throw new Error(`Timed out. Expected: ${what}.`)
    await Bun.sleep(pauseMs)
  }
}
