import type { Announcement } from '../db/tell'

/** How many recent entries are kept for clients that were away. A client that missed more gets a full refresh. */
const KEPT = 5000

/**
 * `announcement` is null after a commit of another process: what changed is unknown, so everything may be out of date.
 */
export type Entry = { at: number; announcement: Announcement | null }
export type Log = ReturnType<typeof createLog>

const POSITION = /^([0-9a-z]{1,12})-(\d{1,15})(?:-(\d{1,15}))?$/

/**
 * The numbered events since this process started. Clients send their position back as `Last-Event-ID`. A position from
 * another process, or one that is too far back, is unknown, and its client gets a full refresh.
 */
export function createLog(begunAt: number) {
  const name = begunAt.toString(36)
  let entries: Entry[] = []
  let last = 0
  return {
    get last() {
      return last
    },
    add(announcement: Announcement | null) {
      entries.push({ at: ++last, announcement })
      if (entries.length >= 2 * KEPT) entries = entries.slice(-KEPT)
    },
    /** The entries after `after`, up to and including `upTo`. */
    between: (after: number, upTo: number): Entry[] => {
      const first = last - entries.length + 1
      return entries.slice(Math.max(0, after + 1 - first), Math.max(0, upTo + 1 - first))
    },
    /** `heard` is the id of the last happening that the client heard of. It stays known when the process ends. */
    position: (at = last, heard?: number) => `${name}-${at}${heard === undefined ? '' : `-${heard}`}`,
    /** Returns undefined when some of the entries after the position are no longer known. */
    parse(position: string): number | undefined {
      const [, of, digits] = POSITION.exec(position) ?? []
      const at = Number(digits)
      const known = of === name && at <= last && at >= last - entries.length
      return known ? at : undefined
    },
    /** The last happening that the client heard of, also from a process before this one. */
    heardUpTo(position: string): number | undefined {
      const heard = POSITION.exec(position)?.[3]
      return heard === undefined ? undefined : Number(heard)
    },
  }
}
