import type { Told } from '../db/tell'

/** So many of the latest are kept for who was away; a client that missed more asks for everything again. */
const KEPT = 5000

/** `null`: another process wrote, nobody knows what, so everything may be old. */
export type Entry = { at: number; told: Told | null }
export type Log = ReturnType<typeof createLog>

/**
 * What was told since this process began, numbered. A position is what clients send back as `Last-Event-ID`; one of another process,
 * or one that is too old, is not known, and its client is told to ask for everything again.
 */
export function createLog(begunAt: number) {
  const name = begunAt.toString(36)
  let entries: Entry[] = []
  let last = 0
  return {
    get last() {
      return last
    },
    add(told: Told | null) {
      entries.push({ at: ++last, told })
      if (entries.length >= 2 * KEPT) entries = entries.slice(-KEPT)
    },
    /** Later than `after`, up to `upTo`. */
    between: (after: number, upTo: number): Entry[] => {
      const first = last - entries.length + 1
      return entries.slice(Math.max(0, after + 1 - first), Math.max(0, upTo + 1 - first))
    },
    position: (at = last) => `${name}-${at}`,
    /** Undefined when not all that came after it is known. */
    parse(position: string): number | undefined {
      const [, of, digits] = /^([0-9a-z]{1,12})-(\d{1,15})$/.exec(position) ?? []
      const at = Number(digits)
      const known = of === name && at <= last && at >= last - entries.length
      return known ? at : undefined
    },
  }
}
