import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json } from '../harness'
import { makeCommunity, pinhole, type Serving, servePinhole } from '../process'
import { buyerAt, signIn } from '../soak/shop'
import { fakeStripe } from '../stripe'
import { PACK } from '../stripe-market'
import { fakeToss } from '../toss'
import { WON, WON_ID } from '../toss-market'

const PASSWORD = 'a long password'
const KILLS = 3
const AT_ONCE = 12

type Shop = { begin: () => Promise<Serving>; audit: () => Promise<void>; server: Serving; token: string }

/** Runs a test with a server that sells a pack of coins, and with the token of Bob, who may buy it. */
async function inShop(fake: { env: Record<string, string> }, pack: object, work: (shop: Shop) => Promise<void>) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-payments-'))
  let port = 0 // of the first start, since a payment that is opened again from another address is another one for Stripe
  const begin = async () => {
    const server = await servePinhole(dir, { port, env: { ...fake.env, PINHOLE_RATE_LIMITS: 'off' } })
    port = Number(new URL(server.address).port)
    return server
  }
  const run = async (args: string[], stdin = '') => {
    const { status, out, err } = await pinhole([...args, '--data', dir], { stdin })
    if (status) throw new Error(`${args.join(' ')}: ${out}${err}`)
  }
  try {
    makeCommunity(dir)
    await run(['users', 'create', 'boss', '--role', 'admin', '--password-stdin'], PASSWORD)
    await run(['users', 'create', 'bob', '--password-stdin'], PASSWORD)
    const server = await begin()
    const boss = buyerAt(server.address, await signIn(server.address, 'boss'))
    expect((await boss.send('PATCH', '/admin/settings', { packs: [pack] })).status).toBe(200)
    await work({ begin, audit: () => run(['audit']), server, token: await signIn(server.address, 'bob') })
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** Sends an event and returns whether it was answered with success. Otherwise Stripe would send it again. */
async function send(address: string, fake: ReturnType<typeof fakeStripe>, event: Json): Promise<boolean> {
  const body = JSON.stringify(event)
  const headers = { 'stripe-signature': await fake.sign(body) }
  const answer = await fetch(`${address}/webhooks/stripe`, { method: 'POST', body, headers }).catch(() => undefined)
  return answer?.ok ?? false
}

test('nobody gets coins twice or not at all if the server is killed during purchases and payments', async () => {
  await using fake = fakeStripe()
  await inShop(fake, PACK, async ({ begin, audit, token, ...begun }) => {
    let { server } = begun
    const events: Json[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const keys = Array.from({ length: AT_ONCE }, () => crypto.randomUUID())
      const buy = (key: string) => buyWith(server.address, token, key)
      const first = Promise.all(keys.map((key) => buy(key).catch(() => undefined))) // some get no response
      await Bun.sleep(Math.random() * 40)
      await Promise.all([server.stop('SIGKILL'), first])
      await audit()
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
      await audit()
      server = await begin()
    }
    let waiting = events.toReversed()
    while (waiting.length) {
      const heard = await Promise.all(waiting.map((event) => send(server.address, fake, event)))
      waiting = waiting.filter((_, at) => !heard[at])
    }
    const { balance } = (await buyerAt(server.address, token).look('/coins')).body
    expect([fake.sessions.size, balance]).toEqual([KILLS * AT_ONCE, ((KILLS * AT_ONCE * 2) / 3) * PACK.coins])
    await server.stop()
    await audit()
  })
})

test('nobody gets coins twice or not at all if the server is killed while payments are confirmed', async () => {
  await using fake = fakeToss()
  await inShop(fake, WON, async ({ begin, audit, token, ...begun }) => {
    let { server } = begun
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(server.address + path, { redirect: 'manual', ...init, headers: { cookie: `session=${token}` } })
    const told: Json[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const ways = await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, at) => {
          const { url } = await buyWith(server.address, token, crypto.randomUUID(), WON_ID)
          const page = await (await ask(new URL(url).pathname)).text()
          const order = /data-order-id="([^"]+)"/.exec(page)![1]!
          const query = fake.approve(order, WON.amount, at % 2 ? 'CARD' : 'VIRTUAL_ACCOUNT')
          return { order, back: `${new URL(url).pathname.replace(/pay$/, 'return')}?${query}` }
        }),
      )
      const first = Promise.all(ways.map(({ back }) => ask(back).catch(() => undefined)))
      await Bun.sleep(Math.random() * 60)
      await Promise.all([server.stop('SIGKILL'), first])
      await audit()
      server = await begin()
      // Everybody loads the page again on which the answer was lost.
      for (const answer of await Promise.all(ways.map(({ back }) => ask(back)))) expect(answer.status).toBe(303)
      told.push(...ways.map(({ order }, at) => (at % 2 ? fake.cancel(order, 2500) : fake.deposit(order))))
    }
    const send = (message: Json) =>
      fetch(`${server.address}/webhooks/toss`, { method: 'POST', body: JSON.stringify(message) })
    const sent = Promise.all([...told, ...told].map((message) => send(message).catch(() => undefined)))
    await Bun.sleep(Math.random() * 60)
    await Promise.all([server.stop('SIGKILL'), sent])
    server = await begin()
    for (const answer of await Promise.all(told.map(send))) expect(answer.status).toBe(200)
    const { balance } = (await buyerAt(server.address, token).look('/coins')).body
    expect([fake.payments.size, balance]).toEqual([KILLS * AT_ONCE, KILLS * AT_ONCE * 0.75 * WON.coins])
    await server.stop()
    await audit()
  })
})

async function buyWith(address: string, token: string, key: string, pack = '100-490-eur'): Promise<{ url: string }> {
  const answer = await fetch(`${address}/api/coins/checkouts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ pack }),
  })
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as { url: string }
}
