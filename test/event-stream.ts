import type { As, Json, TestApp } from './harness'

export type ReceivedEvent = { id: string; event: string; data: Json }

/** Opens `/events` as an `EventSource` does. It remembers the last event id, so that it can resume from there. */
export async function openEventStream(t: Pick<TestApp, 'request'>, as: As, from: { id?: string; after?: string } = {}) {
  const answer = await t.request(`/api/events${from.after ? `?after=${from.after}` : ''}`, {
    as,
    ...(from.id && { headers: { 'last-event-id': from.id } }),
  })
  if (answer.status !== 200) throw new Error(`The event stream answered ${answer.status}.`)
  const reader = answer.body!.getReader()
  const received: ReceivedEvent[] = []
  const waiting = new Set<() => void>()
  let [text, id, isOver] = ['', from.id ?? '', false]

  const take = (block: string) => {
    const fields = Object.fromEntries(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    )
    id = fields.id ?? id
    if (fields.event) received.push({ id, event: fields.event, data: JSON.parse(fields.data!) })
  }
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      text += new TextDecoder().decode(value)
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) take(block)
      for (const look of waiting) look()
    }
    isOver = true
    for (const look of waiting) look()
  }
  const reading = read()

  async function until<T>(what: string, look: () => T | undefined): Promise<T> {
    const found = look()
    if (found !== undefined) return found
    return new Promise<T>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`Timed out waiting for ${what}. Received: ${JSON.stringify(received)}`)),
        120_000,
      )
      const again = () => {
        const found = look()
        if (found === undefined) return
        clearTimeout(late)
        waiting.delete(again)
        resolve(found)
      }
      waiting.add(again)
    })
  }

  return {
    received,
    type: answer.headers.get('content-type'),
    lastId: () => id,
    /** Resolves when the connection is established and missed events have arrived. */
    ready: () => until('the connection', () => (id || isOver ? true : undefined)),
    /** Resolves with the newest event of a kind that meets the condition, once there is one. */
    newest: (event: string, isIt: (data: Json) => boolean = () => true) =>
      until(event, () => received.findLast((each) => each.event === event && isIt(each.data))),
    ended: () => until('the end of the stream', () => (isOver ? true : undefined)),
    async leave() {
      await reader.cancel()
      await reading
    },
  }
}
