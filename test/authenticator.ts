import { createHmac } from 'node:crypto'
import { type Somebody, type TestApp, testApp } from './harness'
import { PASSWORD } from './mail-app'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * An authenticator app, written from RFC 4226 and RFC 6238 without the library that the server uses. `steps` is how far
 * the clock of the phone is ahead, in steps of 30 seconds.
 */
export function codeAt(secret: string, at: Date, steps = 0): string {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(+at / 30_000) + steps))
  const hash = createHmac('sha1', key).update(counter).digest()
  const offset = hash.at(-1)! & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** What everybody who sets up an app needs from the test. */
type Community = Pick<TestApp, 'api' | 'app' | 'pass'>

/**
 * Turns on the second factor of a person, whose password is `PASSWORD`, and returns their authenticator app. The clock
 * moves on by a minute, so that the next code is a new one.
 */
export async function pairPhone(t: Community, person: Somebody) {
  const { secret } = (await t.api(person, 'POST /users/account/totp', { password: PASSWORD })).body
  const code = (steps = 0) => codeAt(secret, t.app.now(), steps)
  const { recoveryCodes } = (await t.api(person, 'PUT /users/account/totp', { code: code() })).body
  t.pass(60_000)
  return { secret: secret as string, code, recoveryCodes: recoveryCodes as string[] }
}

/** A community in which Ann has an authenticator app. */
export async function withPhone(env: Record<string, string> = {}) {
  const t = await testApp(env)
  const ann = await t.user('ann', { password: PASSWORD })
  const signIn = async (more: object = {}, from = '192.0.2.1') => {
    const json = { handle: 'ann', password: PASSWORD, ...more }
    const answer = await t.request('/api/sessions', { method: 'POST', json, from })
    return { status: answer.status, headers: answer.headers, body: await answer.json() }
  }
  return { ...t, ann, signIn, phone: await pairPhone(t, ann) }
}

/** Posts a form as a browser without JavaScript does. */
export async function post(t: TestApp, path: string, form: Record<string, string>, browser?: Somebody, headers = {}) {
  const answer = await t.request(path, { method: 'POST', form, headers, ...(browser && { browser }) })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

export const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
export const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort()
