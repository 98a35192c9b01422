import type { Reader } from '../db/open'
import { type Announcement, EVENTS, type EventKind } from '../db/tell'
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

/**
 * Formats entries as `text/event-stream`. Of several entries with the same key only the last is sent. Each position is
 * sent with the last event that has it, so a client that is cut off between two events of the same position receives
 * both again.
 */
export async function speak(db: Reader, log: Log, userId: number, entries: Entry[]): Promise<string> {
  const last = new Map<string, Entry>()
  for (const entry of entries) {
    const key = entry.announcement?.key ?? ''
    last.delete(key)
    last.set(key, entry)
  }
  let text = ''
  const said = [...last.values()]
  for (const [i, { at, announcement }] of said.entries()) {
    if (!announcement) continue
    const data = announcement.data ?? (await stateOf(db, userId, announcement.kind))
    const isLast = said[i + 1]?.at !== at
    text += `${isLast ? `id: ${log.position(at)}\n` : ''}event: ${announcement.kind}\ndata: ${JSON.stringify(data)}\n\n`
  }
  return text
}
