import { derivedKey } from '../../derived-key'

/** How the objects of a repository are named and encrypted. */
export type Cipher = {
  /** The name of an object, by the SHA-256 of its content. Encrypted objects do not tell which photos they contain. */
  nameOf(sha256: string): string
  encrypt(content: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>>
  decrypt(content: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>>
}

/** Names and stores objects as they are, for repositories without a passphrase. */
export const plain: Cipher = {
  nameOf: (sha256) => sha256,
  encrypt: async (content) => content,
  decrypt: async (content) => content,
}

/** Encrypts with age (https://age-encryption.org) for the identity of the repository. */
export async function ageCipher(identity: string): Promise<Cipher> {
  const { Decrypter, Encrypter, identityToRecipient } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(identity))
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const key = derivedKey(identity, 'names of objects')
  return {
    nameOf: (sha256) => new Bun.CryptoHasher('sha256', key).update(sha256).digest('hex'),
    encrypt: (content) => encrypter.encrypt(content),
    decrypt: (content) => decrypter.decrypt(content),
  }
}

/** Makes the secret of a repository: a private key of X25519, as age writes it. */
export async function newIdentity(): Promise<string> {
  const { generateX25519Identity } = await import('age-encryption')
  return generateX25519Identity()
}

/** Encrypts the identity with the passphrase. This takes about a second, so that passphrases are hard to guess. */
export async function lockIdentity(identity: string, passphrase: string): Promise<Uint8Array> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  return encrypter.encrypt(`${identity}\n`)
}

/** Returns null when the passphrase is not the one that the identity was encrypted with. */
export async function unlockIdentity(locked: Uint8Array, passphrase: string): Promise<string | null> {
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  return decrypter.decrypt(locked, 'text').then(
    (text) => text.trim(),
    () => null,
  )
}
