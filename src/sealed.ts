import { node } from './node'

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Encrypts a text for its row with a key of 32 bytes. It can be decrypted for the same owner only. */
export function seal(key: Uint8Array, owner: string, text: string): string {
  const iv = node.crypto.randomBytes(IV_BYTES)
  const cipher = node.crypto.createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(owner))
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** Decrypts a text. Throws when it was encrypted with another key or for another owner, or was changed. */
export function unseal(key: Uint8Array, owner: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const text = bytes.subarray(IV_BYTES, -TAG_BYTES)
  const decipher = node.crypto
    .createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
}
