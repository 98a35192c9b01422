import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Json } from './harness'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const base64url = (data: string | Buffer) => Buffer.from(data).toString('base64url')

/** The head of an item of CBOR (RFC 8949), as an authenticator writes it. */
function head(major: number, n: number): Buffer {
  if (n < 24) return Buffer.from([(major << 5) | n])
  return n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
}
const bytes = (data: Buffer) => Buffer.concat([head(2, data.length), data])
const text = (data: string) => Buffer.concat([head(3, Buffer.byteLength(data)), Buffer.from(data)])
const number = (n: number) => (n < 0 ? head(1, -1 - n) : head(0, n))
const map = (...pairs: Buffer[][]) => Buffer.concat([head(5, pairs.length), ...pairs.flat()])

/** User present, user verified, and a copy is kept elsewhere. */
const FLAGS = 0x01 | 0x04 | 0x08 | 0x10
const WITH_KEY = 0x40

type Changes = { origin?: string; flags?: number }

/** An authenticator, written from the specification of WebAuthn without the library that the server uses. */
export function newDevice() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  let counter = 0
  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const authData = (host: string, flags: number) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(host), Buffer.from([flags]), count])
  }
  const credential = (response: object) => ({
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })
  return {
    /** Answers the options for making a passkey. */
    create({ challenge, rp }: Json, { origin = `http://${rp.id}`, flags = FLAGS }: Changes = {}) {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const [left, right] = [x, y].map((each) => bytes(Buffer.from(each, 'base64url'))) as [Buffer, Buffer]
      const key = map(
        [number(1), number(2)],
        [number(3), number(-7)],
        [number(-1), number(1)],
        [number(-2), left],
        [number(-3), right],
      )
      const length = Buffer.from([0, id.length])
      const data = Buffer.concat([authData(rp.id, flags | WITH_KEY), Buffer.alloc(16), length, id, key])
      const attestation = map([text('fmt'), text('none')], [text('attStmt'), map()], [text('authData'), bytes(data)])
      return credential({
        clientDataJSON: base64url(clientData('webauthn.create', challenge, origin)),
        attestationObject: base64url(attestation),
        transports: ['internal'],
      })
    },
    /** Answers the options for using a passkey. */
    get({ challenge, rpId }: Json, { origin = `http://${rpId}`, flags = FLAGS }: Changes = {}) {
      counter++
      const client = clientData('webauthn.get', challenge, origin)
      const data = authData(rpId, flags)
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(client)]))
        .sign(privateKey)
      return credential({
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(signature),
      })
    },
    /** Makes the device count from an earlier number, as a copy of it would. */
    rewind(to: number) {
      counter = to
    },
  }
}

export type Device = ReturnType<typeof newDevice>
