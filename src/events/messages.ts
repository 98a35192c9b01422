import type { Reader } from '../db/open'
import { type Announcement, EVENTS, type EventKind } from '../db/tell'
import type { Heard } from '../happenings/model'
import { stateOf } from './audience'
import type { Entry, Log } from './log'

const COUNTED: EventKind[] = ['notification', 'inbox', 'coins']

/**
 * The entries of a full refresh. Counts and balances carry their current values; the client has to request the rest.
 */
export const everything = (at: number): Entry[] =>
  EVENTS.map((kind) => ({
    at,
    announcement: COUNTED.includes(kind)
      ? state(kind)
      : { to: 'everyone', kind, key: `all ${kind}`, data: { all: true } },
  }))

const state = (kind: EventKind): Announcement => ({ to: 'everyone', kind, key: kind })

/** The text of events for a client, by the last happening that it heard of. */
type Speech = (heard: number | undefined) => string

/** An entry that says only that the counts of notifications have changed. */
const isPlain = ({ announcement }: Entry) =>
  announcement?.kind === 'notification' && !announcement.data && !announcement.about

/** The entries without those that say less than the happenings that are sent after them. */
export const withoutPlain = (entries: Entry[]): Entry[] => entries.filter((entry) => !isPlain(entry))
/** Whether happenings have to be looked up: an entry says that counts changed, and not by what. */
export const mayHaveHappened = (entries: Entry[]): boolean => entries.some(isPlain)

/** Formats what happened to a person, each as one event with the position after it. */
export async function speakOfHappenings(db: Reader, log: Log, userId: number, heard: Heard[], at: number) {
  if (!heard.length) return ''
  const state = await stateOf(db, userId, 'notification')
  return heard
    .map(
      (each) =>
        `id: ${log.position(at, each.id)}\nevent: notification\ndata: ${JSON.stringify({ ...state, ...each })}\n\n`,
    )
    .join('')
}

/**
 * Formats entries as `text/event-stream`. Of several entries with the same key only the last is sent. Each position is
 * sent with the last event that has it, so a client that is cut off between two events of the same position receives
 * both again.
 */
export async function speak(db: Reader, log: Log, userId: number, entries: Entry[]): Promise<Speech> {
  const last = new Map<string, Entry>()
  for (const entry of entries) {
    const key = entry.announcement?.key ?? ''
    last.delete(key)
    last.set(key, entry)
  }
  const lines: ((heard: number | undefined) => string)[] = []
  const said = [...last.values()]
  for (const [i, { at, announcement }] of said.entries()) {
    if (!announcement) continue
    const data = announcement.data ?? { ...(await stateOf(db, userId, announcement.kind)), ...announcement.about }
    const isLast = said[i + 1]?.at !== at
    const text = `event: ${announcement.kind}\ndata: ${JSON.stringify(data)}\n\n`
    lines.push((heard) => (isLast ? `id: ${log.position(at, heard)}\n${text}` : text))
  }
  return (heard) => lines.map((line) => line(heard)).join('')
}
