import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json } from '../harness'
import { makeCommunity, pinhole, type Serving, servePinhole } from '../process'
import { buyerAt, signIn } from '../soak/shop'
import { fakeStripe } from '../stripe'
import { PACK } from '../stripe-market'

const PASSWORD = 'a long password'
const KILLS = 3
const AT_ONCE = 12

/** Sends an event and returns whether it was answered with success. Otherwise Stripe would send it again. */
async function send(address: string, fake: ReturnType<typeof fakeStripe>, event: Json): Promise<boolean> {
  const body = JSON.stringify(event)
  const headers = { 'stripe-signature': await fake.sign(body) }
  const answer = await fetch(`${address}/webhooks/stripe`, { method: 'POST', body, headers }).catch(() => undefined)
  return answer?.ok ?? false
}

test('nobody gets coins twice or not at all if the server is killed during purchases and payments', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-payments-'))
  await using fake = fakeStripe()
  const begin = () => servePinhole(dir, { env: { ...fake.env, PINHOLE_RATE_LIMITS: 'off' } })
  const run = async (args: string[], stdin = '') => {
    const { status, out, err } = await pinhole([...args, '--data', dir], { stdin })
    if (status) throw new Error(`${args.join(' ')}: ${out}${err}`)
  }
  try {
    makeCommunity(dir)
    await run(['users', 'create', 'boss', '--role', 'admin', '--password-stdin'], PASSWORD)
    await run(['users', 'create', 'bob', '--password-stdin'], PASSWORD)
    let server: Serving = await begin()
    const tokens = { boss: await signIn(server.address, 'boss'), bob: await signIn(server.address, 'bob') }
    expect(
      (await buyerAt(server.address, tokens.boss).send('PATCH', '/admin/settings', { packs: [PACK] })).status,
    ).toBe(200)

    const events: Json[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const keys = Array.from({ length: AT_ONCE }, () => crypto.randomUUID())
      const buy = (key: string) => buyWith(server.address, tokens.bob, key)
      const first = Promise.all(keys.map((key) => buy(key).catch(() => undefined))) // some get no response
      await Bun.sleep(Math.random() * 40)
      await Promise.all([server.stop('SIGKILL'), first])
      await run(['audit'])
      server = await begin()
      const bought = await Promise.all(keys.map(buy)) // now all requests are answered
      const told = bought.flatMap(({ url }, at) => [
        fake.pay(url),
        ...(at % 3 ? [] : [fake.refund(url, 245), fake.refund(url, 245)]),
      ])
      events.push(...told)
      const sent = Promise.all([...told, ...told].map((event) => send(server.address, fake, event)))
      await Bun.sleep(Math.random() * 40)
      await Promise.all([server.stop('SIGKILL'), sent])
      await run(['audit'])
      server = await begin()
    }
    let waiting = events.toReversed()
    while (waiting.length) {
      const heard = await Promise.all(waiting.map((event) => send(server.address, fake, event)))
      waiting = waiting.filter((_, at) => !heard[at])
    }
    const { balance } = (await buyerAt(server.address, tokens.bob).look('/coins')).body
    expect([fake.sessions.size, balance]).toEqual([KILLS * AT_ONCE, ((KILLS * AT_ONCE * 2) / 3) * PACK.coins])
    await server.stop()
    await run(['audit'])
  } finally {
    rmSync(dir, { recursive: true })
  }
}, 60_000)

async function buyWith(address: string, token: string, key: string): Promise<{ url: string }> {
  const answer = await fetch(`${address}/api/coins/checkouts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ pack: '100-490-eur' }),
  })
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as { url: string }
}
