import { createHash } from 'node:crypto'
import { decodeJwt, importJWK, jwtVerify } from 'jose'

/** How the service responds to pushes for one device. */
export type Mode = 'up' | 404 | 410 | 413 | 429 | 500 | 503 | 'dead' | 'redirect'
export type Push = { topic: string; ttl: number; urgency: string; payload: Record<string, string>; bytes: number }

const base64url = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(bytes as Uint8Array).toString('base64url')
const P256 = { name: 'ECDH', namedCurve: 'P-256' } as const

/** The browser's side of a subscription. */
export type Receiver = Awaited<ReturnType<typeof receiver>>

async function receiver(endpoint: string) {
  const pair = (await crypto.subtle.generateKey(P256, true, ['deriveBits'])) as CryptoKeyPair
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const auth = crypto.getRandomValues(new Uint8Array(16))
  return { endpoint, pair, publicKey, auth, keys: { p256dh: base64url(publicKey), auth: base64url(auth) } }
}

async function hkdf(salt: Uint8Array, secret: ArrayBuffer, info: Uint8Array, length: number): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const bits = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(salt), info: new Uint8Array(info) }
  return new Uint8Array(await crypto.subtle.deriveBits(bits, key, length * 8))
}

const text = (value: string) => new TextEncoder().encode(value)

/** Decrypts a push as a browser does (RFC 8291 section 3 and RFC 8188 section 2). */
async function decrypt(body: Uint8Array, { pair, publicKey, auth }: Receiver): Promise<string> {
  const salt = body.subarray(0, 16)
  const recordSize = new DataView(body.buffer, body.byteOffset).getUint32(16)
  const idLength = body[20]!
  const sender = body.subarray(21, 21 + idLength)
  const record = body.subarray(21 + idLength)
  if (idLength !== 65 || record.length > recordSize || record.length < 18)
    throw new Error('The body is not a single aes128gcm record.')
  const theirs = await crypto.subtle.importKey('raw', new Uint8Array(sender), P256, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, pair.privateKey, 256)
  const info = Buffer.concat([text('WebPush: info\0'), publicKey, sender])
  const secret = await hkdf(auth, shared, info, 32)
  const key = await hkdf(salt, secret.buffer as ArrayBuffer, text('Content-Encoding: aes128gcm\0'), 16)
  const iv = await hkdf(salt, secret.buffer as ArrayBuffer, text('Content-Encoding: nonce\0'), 12)
  const aes = await crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, ['decrypt'])
  const padded = new Uint8Array(
    await crypto.subtle.decrypt({ name: 'AES-GCM', iv: new Uint8Array(iv) }, aes, new Uint8Array(record)),
  )
  const end = padded.findLastIndex((byte) => byte !== 0)
  if (padded[end] !== 2) throw new Error('The last record is not marked as the last one.')
  return new TextDecoder().decode(padded.subarray(0, end))
}

/**
 * A push service like those of browser vendors (RFC 8030), with the checks of RFC 8292. Each device can be set to
 * misbehave.
 */
export function pushService({ delayMs = 0 } = {}) {
  type Device = Receiver & {
    mode: Mode
    retryAfter: string | undefined
    key: string
    got: Push[]
    waiting: Map<string, Push>
    asked: number
  }
  const devices = new Map<string, Device>()
  const faults: string[] = []
  const titles: string[] = []
  let onFirst: (() => unknown) | undefined
  const held = new Set<() => void>()
  let atOnce = 0
  let mostAtOnce = 0

  async function isSigned(request: Request, device: Device): Promise<boolean> {
    const [, token = '', key = ''] =
      /^vapid t=([^,]+), ?k=([\w-]+)$/.exec(request.headers.get('authorization') ?? '') ?? []
    const point = Buffer.from(key, 'base64url')
    if (key !== device.key || point.length !== 65) return false
    const jwk = { kty: 'EC', crv: 'P-256', x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33)) }
    const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), {
      algorithms: ['ES256'],
      audience: new URL(request.url).origin,
    })
    const hours = ((payload.exp ?? Infinity) - Date.now() / 1000) / 3600
    return hours > 0 && hours <= 24 && /^(mailto:|https:)/.test(decodeJwt(token).sub ?? '')
  }

  async function answer(request: Request): Promise<Response> {
    const device = devices.get(request.url)
    if (!device) return new Response('', { status: 404 })
    const body = await request.bytes()
    device.asked++
    if (!(await isSigned(request, device).catch(() => false)))
      return refuse(403, 'not signed with the key of the subscription')
    const [topic, ttl, urgency, encoding] = ['topic', 'ttl', 'urgency', 'content-encoding'].map((name) =>
      request.headers.get(name),
    )
    if (!/^\d+$/.test(ttl ?? '') || encoding !== 'aes128gcm' || (topic && !/^[\w-]{1,32}$/.test(topic)))
      return refuse(400, 'headers')
    if (body.length > 4096) return refuse(413, 'too large')
    if (delayMs) await Bun.sleep(delayMs)
    if (device.mode === 'dead') await new Promise<void>((free) => held.add(free))
    if (device.mode === 'redirect')
      return new Response(null, { status: 307, headers: { location: [...devices.keys()][0]! } })
    if (device.mode !== 'up')
      return new Response('', {
        status: Number(device.mode) || 500,
        headers: { ...(device.retryAfter && { 'retry-after': device.retryAfter }) },
      })
    const push = {
      topic: topic ?? '',
      ttl: Number(ttl),
      urgency: urgency ?? '',
      payload: JSON.parse(await decrypt(body, device)),
      bytes: body.length,
    }
    device.got.push(push)
    titles.push(push.payload.title!)
    if (titles.length === 1) await onFirst?.()
    device.waiting.set(topic || crypto.randomUUID(), push)
    return new Response('', {
      status: 201,
      headers: { location: `${request.url}/${createHash('sha256').update(body).digest('hex')}` },
    })
  }

  const refuse = (status: number, why: string) => {
    faults.push(`${status} ${why}`)
    return new Response('', { status })
  }

  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    idleTimeout: 60,
    async fetch(request) {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce)
      try {
        return await answer(request)
      } finally {
        atOnce--
      }
    },
  })

  return {
    url: `http://127.0.0.1:${server.port}`,
    /** Requests that were not valid pushes. */
    faults,
    /** The titles of all pushes, in the order in which they arrived. */
    titles,
    /** Calls this while the first push that arrives waits for its answer. */
    onFirstPush(call: () => unknown) {
      onFirst = call
    },
    mostAtOnce: () => mostAtOnce,
    /** A browser that subscribes to pushes signed with `key`. */
    async device(key: string): Promise<Device> {
      const endpoint = `http://127.0.0.1:${server.port}/${crypto.randomUUID()}`
      const device = {
        ...(await receiver(endpoint)),
        mode: 'up' as Mode,
        retryAfter: undefined,
        key,
        got: [],
        waiting: new Map(),
        asked: 0,
      }
      devices.set(endpoint, device)
      return device
    },
    async [Symbol.asyncDispose]() {
      for (const free of held) free()
      await server.stop(true)
    },
  }
}
