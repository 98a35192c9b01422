import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashPassword } from '../src/users/password'
import { inTurns, type Target, warmUp } from './load'
import { makeNetwork, SMALL } from './network'
import type { Result } from './result'
import { startPinhole } from './server'
import { openBooks } from './star'

const PASSWORD = 'a long password for the benchmark'
/** A community of ten thousand people whose sessions last for thirty days has fewer in its busiest minute. */
const SIGN_INS_A_SECOND = 3

/** How many requests are answered while people sign in, which takes much processor time, against none signing in. */
export async function signIns(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  try {
    const token = await makeNetwork(dir, SMALL)
    {
      using books = openBooks(dir)
      books.run('update users set password_hash = ?', [await hashPassword(PASSWORD)])
    }
    await using server = await startPinhole(dir)
    const target: Target = { url: `${server.origin}/api/posts`, headers: { authorization: `Bearer ${token}` } }
    await warmUp(target)
    const [alone] = (await inTurns(target)) as [number]
    const crowd = signInAgainAndAgain(server.origin)
    const [beside] = (await inTurns(target)) as [number]
    const signedIn = await crowd.stop()
    return [
      {
        name: 'main page, JSON, beside sign-ins',
        ratio: beside / alone,
        floor: 0.6,
        aim: 0.8,
        bound: `without sign-ins, ${Math.round(alone)}/s: ${Math.round(beside)}/s with ${signedIn} sign-ins`,
      },
    ]
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** Lets people sign in at a steady rate until it is stopped. `stop` returns how many did. */
function signInAgainAndAgain(origin: string) {
  const answers: Promise<void>[] = []
  const timer = setInterval(() => answers.push(signIn(origin, answers.length)), 1000 / SIGN_INS_A_SECOND)
  return {
    async stop(): Promise<number> {
      clearInterval(timer)
      await Promise.all(answers)
      return answers.length
    },
  }
}

async function signIn(origin: string, turn: number): Promise<void> {
  const body = JSON.stringify({ handle: `member_${(turn % SMALL.people) + 1}`, password: PASSWORD })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${origin}/api/sessions`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`Signing in answered ${answer.status}: ${await answer.text()}`)
}
