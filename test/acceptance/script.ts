import { expect } from 'bun:test'
import type { Json } from '../harness'
import { until } from '../until'

export type Script = ReturnType<typeof scriptOf>
export const password = 'a long password'

/** A client that uses only the API of the server. */
export function scriptOf(address: string, token?: string) {
  const call = async (line: string, body?: object): Promise<{ status: number; body: Json }> => {
    const [method = '', path] = line.split(' ')
    const form = body instanceof FormData
    const answer = await fetch(`${address}/api${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && !form && { 'content-type': 'application/json' }),
      },
      ...(body && { body: form ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : undefined }
  }
  return {
    call,
    /** Makes a call that must succeed and returns the response body. */
    async ask(line: string, body?: object): Promise<Json> {
      const answer = await call(line, body)
      expect([line, answer.status < 300 ? 'done' : answer.body]).toEqual([line, 'done'])
      return answer.body
    },
    async upload(bytes: Uint8Array, name: string): Promise<number> {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)]), name)
      return (await this.ask('POST /files', form)).id
    },
    fetch: (path: string) =>
      fetch(`${address}${path}`, { redirect: 'manual', headers: token ? { authorization: `Bearer ${token}` } : {} }),
    /** Waits until a file is processed and returns it. */
    processed: (id: number): Promise<Json> =>
      until(`file ${id} is processed`, async () => {
        const { body } = await call(`GET /files/${id}`)
        return body.status !== 'processing' && body
      }),
    /** Waits until a post is published and returns it. */
    published: (id: number): Promise<Json> =>
      until(`post ${id} is published`, async () => {
        const { body } = await call(`GET /posts/${id}`)
        if (body.status === 'failed') throw new Error(JSON.stringify(body.files))
        return body.status === 'published' && body
      }),
  }
}

export async function signIn(address: string, handle: string): Promise<Script> {
  const { token } = await scriptOf(address).ask('POST /sessions', { handle, password })
  return scriptOf(address, token)
}

/** Creates the administrator with the set-up link, as its page does. */
export async function setUp(
  { address, setupUrl }: { address: string; setupUrl: string | null },
  handle = 'boss',
): Promise<Script> {
  const token = new URL(setupUrl!).searchParams.get('token')
  await scriptOf(address).ask('POST /setup', { handle, password, token: token! })
  return signIn(address, handle)
}
