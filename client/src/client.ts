import type { Calls, File } from './api.js'
import { type Event, type EventOptions, events } from './events.js'
import { type Send, sender } from './send.js'
import { type UploadOptions, upload } from './upload.js'

type Line = keyof Calls
type Answer<L extends Line> = Calls[L]['answer']
type Input<L extends Line> = Calls[L]['input'] & { signal?: AbortSignal }
/** The input may be left out when none of it is required. */
type Given<L extends Line> = object extends Calls[L]['input'] ? [input?: Input<L>] : [input: Input<L>]

type PageOf<Item> = { items: Item[]; nextCursor: string | null }
/** The calls that answer a page of a list. */
type ListLine = { [L in Line]: Answer<L> extends PageOf<unknown> ? L : never }[Line]
type Item<L extends Line> = Answer<L> extends PageOf<infer Each> ? Each : never

export type Pinhole = {
  /** Makes a call, which is named as in the API document: `call('GET /api/posts/{id}', { path: { id: 7 } })`. */
  call<L extends Line>(line: L, ...given: Given<L>): Promise<Answer<L>>
  /** Goes through a list from its beginning to its end, page by page. */
  list<L extends ListLine>(line: L, ...given: Given<L>): AsyncGenerator<Item<L>, void>
  /** Uploads a photo or a video in pieces. When the connection breaks, the upload goes on where it was. */
  upload(bytes: Blob, options?: UploadOptions): Promise<File>
  /** Hears what happens to you, in order and without gaps. It connects again whenever the connection breaks. */
  events(options?: EventOptions): AsyncGenerator<Event, void>
}

/**
 * Connects to a server. `token` is a personal token or one that an app got by OAuth; a page of the server itself needs
 * none, since the browser sends its session.
 */
export function connect(address: string, token?: string): Pinhole {
  const send = sender(address, token)
  return {
    call: async (line, ...[input]) => callOf(send, line, input),
    async *list(line, ...[input]) {
      const { query, ...rest }: Untyped = input ?? {}
      let cursor: string | null | undefined
      do {
        const page = await callOf(send, line, { ...rest, query: { ...query, ...(cursor && { cursor }) } })
        yield* page.items
        cursor = page.nextCursor
      } while (cursor)
    },
    upload: (bytes, options) => upload(send, bytes, options),
    events: (options) => events(send, options),
  }
}

/** What any call may take. The types of `Pinhole` say what each of them takes. */
type Untyped = {
  path?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: Record<string, unknown>
  idempotencyKey?: string
  signal?: AbortSignal
}

// biome-ignore lint/suspicious/noExplicitAny: the answer has the type that the document says, which `Pinhole` promises
async function callOf(send: Send, line: Line, input: Untyped = {}): Promise<any> {
  const [method = '', template = ''] = line.split(' ')
  const { path = {}, query = {}, body, idempotencyKey, signal } = input
  const filled = template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(`${path[name]}`))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.append(name, `${value}`)
  const key: Record<string, string> = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }
  const content = body ? encoded(body) : undefined
  const answer = await send(`${filled}?${search}`, {
    method,
    body: content?.body,
    headers: { ...content?.headers, ...key },
    signal,
    repeatable: method === 'GET' || method === 'PUT' || idempotencyKey !== undefined,
  })
  if (answer.status === 204) return undefined
  return answer.headers.get('content-type')?.startsWith('application/json') ? answer.json() : answer
}

/** A body with bytes is sent as a form, and any other as JSON. */
function encoded(body: Record<string, unknown>): { body: BodyInit; headers?: Record<string, string> } {
  const entries = Object.entries(body)
  if (!entries.some(([, value]) => value instanceof Blob))
    return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const form = new FormData()
  for (const [name, value] of entries) form.append(name, value instanceof Blob ? value : `${value}`)
  return { body: form }
}
