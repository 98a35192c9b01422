import { expect } from 'bun:test'
import type { Json } from './harness'
import { market } from './market'

type Message = { body: Json; text: string; headers: Record<string, string> }

/** A member's own server. It keeps what it is told and answers with what the test wants. */
export function ownServer() {
  const messages: Message[] = []
  const state = { status: 200, headers: {} as Record<string, string> }
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const text = await request.text()
      messages.push({ text, body: JSON.parse(text), headers: Object.fromEntries(request.headers) })
      return new Response('', state)
    },
  })
  return {
    messages,
    state,
    url: `http://127.0.0.1:${server.port}/hook`,
    [Symbol.dispose]: () => void server.stop(true),
  }
}

const PRIVATE = { PINHOLE_PUSH_ALLOW_PRIVATE: '1' }

export async function withHook(events: string[], who: 'ann' | 'bob' = 'ann') {
  const t = await market(PRIVATE)
  const server = ownServer()
  const { status, body } = await t.api(t[who], 'POST /hooks', { url: server.url, events })
  expect(status).toBe(201)
  const close = t[Symbol.dispose]
  return Object.assign(t, {
    server,
    hook: body,
    deliveries: async () => (await t.api(t[who], `GET /hooks/${body.id}/deliveries`)).body.items as Json[],
    [Symbol.dispose]() {
      server[Symbol.dispose]()
      close()
    },
  })
}

export const kinds = ({ messages }: ReturnType<typeof ownServer>) => messages.map(({ body }) => body.type)
