import type { Notification } from './api.js'
import { pause, type Send } from './send.js'

/** Something happened that concerns many lists, and which of them is not known: read again what you need. */
type Anything = { all?: true }

/** What happened to you. Only the number of unread notifications is there when nothing but that has changed. */
type Happening = Anything & {
  unread?: number
  id?: number
  kind?: Notification['kind']
  at?: string
  actorId?: number | null
  actor?: string | null
  postId?: number | null
  commentId?: number | null
  coins?: number | null
}
type Inbox = Anything & { unread?: number; kind?: 'post'; postId?: number; actorId?: number }
type FileNews = Anything & { id?: number; postId?: number | null; status?: string; progress?: number }

/** An event of the stream. Keep the `id` of the last one to go on after it later, within a week. */
export type Event = { id: string } & (
  | { event: 'notification'; data: Happening }
  | { event: 'inbox'; data: Inbox }
  | { event: 'coins'; data: Anything & { balance?: number } }
  | { event: 'file'; data: FileNews }
  | { event: 'posts'; data: Anything & { id?: number } }
)

export type EventOptions = {
  /** The `id` of the last event that you know, to hear what has happened since. */
  lastEventId?: string | undefined
  signal?: AbortSignal
}

/** The server says something at least every 20 seconds, so a connection that is silent for longer is dead. */
const LONGEST_SILENCE_MS = 60_000

/** Follows the stream of server-sent events until the session ends, through lost connections and restarts. */
export async function* events(
  send: Send,
  { lastEventId = '', signal }: EventOptions = {},
): AsyncGenerator<Event, void> {
  let id = lastEventId
  for (;;) {
    const over = new AbortController()
    try {
      const headers = { accept: 'text/event-stream', ...(id && { 'last-event-id': id }) }
      const signals = AbortSignal.any([over.signal, ...(signal ? [signal] : [])])
      const request = { headers, signal: signals, repeatable: true, attempts: Number.POSITIVE_INFINITY }
      const answer = await send('/api/events', request)
      for await (const fields of blocksIn(answer, over)) {
        id = fields.get('id') ?? id
        const event = fields.get('event')
        if (event === 'end') return
        if (event) yield { id, event, data: JSON.parse(fields.get('data') ?? '{}') } as Event
      }
    } finally {
      over.abort() // closes the connection when nobody listens any more
    }
    await pause(1, signal)
  }
}

/** The blocks of a stream, as their fields by name, until the connection breaks. */
async function* blocksIn(answer: Response, over: AbortController): AsyncGenerator<Map<string, string>> {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const silence = setTimeout(() => over.abort(), LONGEST_SILENCE_MS)
    const { done, value } = await reader.read().catch(() => ({ done: true, value: '' }))
    clearTimeout(silence)
    if (done) return
    const blocks = (text + value).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) yield new Map(block.split('\n').map(fieldIn))
  }
}

function fieldIn(line: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
  return [name, value]
}
