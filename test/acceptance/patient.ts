import type { Json } from '../harness'

type Sent = { json?: object; bytes?: Uint8Array; headers?: Record<string, string> }
type Got = { status: number; headers: Headers; body: Json }

/** What a proxy and servers answer when a request has to be sent again. */
const AGAIN = [502, 503]
const PIECE = 20_000

/** A client that sends a request again until it is answered, as apps do when their connection is lost. */
export function patientClient(address: string, token: string) {
  async function call(line: string, { json, bytes, headers = {} }: Sent = {}): Promise<Got> {
    const [method = '', path] = line.split(' ')
    for (;;) {
      const answer = await fetch(address + path, {
        method,
        redirect: 'manual',
        headers: {
          authorization: `Bearer ${token}`,
          ...(json && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(json && { body: JSON.stringify(json) }),
        ...(bytes && { body: new Uint8Array(bytes) }),
      }).catch(() => null)
      const text = await answer?.text().catch(() => null)
      if (answer && typeof text === 'string' && !AGAIN.includes(answer.status))
        return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined }
      await Bun.sleep(30)
    }
  }

  return {
    call,
    /** Makes a change under a key, by which a server that has made it already knows the request. */
    once: (line: string, json: object, key = crypto.randomUUID()) =>
      call(line, { json, headers: { 'idempotency-key': key } }),
    /** Uploads a file in pieces with the tus protocol, and returns its id. */
    async upload(bytes: Uint8Array, name: string): Promise<number> {
      const tus = { 'tus-resumable': '1.0.0' }
      const begin = { 'upload-length': String(bytes.length), 'upload-metadata': `filename ${btoa(name)}` }
      let at = ''
      let offset: number | undefined
      for (;;) {
        if (!at) at = (await call('POST /api/uploads', { headers: { ...tus, ...begin } })).headers.get('location') ?? ''
        const type = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) }
        const answer =
          offset === undefined
            ? await call(`HEAD ${at}`, { headers: tus }) // asks where to go on
            : await call(`PATCH ${at}`, {
                bytes: bytes.subarray(offset, offset + PIECE),
                headers: { ...tus, ...type },
              })
        const file = answer.headers.get('content-location')
        if (file) return Number(file.split('/').at(-1))
        const reached = answer.headers.get('upload-offset')
        if (offset === undefined && answer.status === 404) {
          at = '' // The server was killed before it had stored the upload. Clients begin again then.
          continue
        }
        if (offset === undefined && reached === null) throw new Error(`The upload was answered with ${answer.status}.`)
        offset = reached === null ? undefined : Number(reached)
      }
    },
  }
}
