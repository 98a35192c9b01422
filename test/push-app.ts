import { afterEach, beforeEach, expect } from 'bun:test'
import { handlers } from '../src/handlers'
import { runNext } from '../src/jobs/loop'
import { type Somebody, testApp } from './harness'
import { pushService } from './push-service'

export type PushApp = Awaited<ReturnType<typeof pushApp>>
type Device = Awaited<ReturnType<ReturnType<typeof pushService>['device']>>

/** A community in which Ann posts and Bob has phones, with a push service that speaks the real protocol. */
export async function pushApp({ env = {}, delayMs = 0 }: { env?: Record<string, string>; delayMs?: number } = {}) {
  const t = await testApp({ PINHOLE_PUSH_ALLOW_PRIVATE: '1', ...env })
  const service = pushService({ delayMs })
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const key: string = (await t.api(bob, 'GET /push/key')).body.publicKey
  return {
    ...t,
    service,
    key,
    ann,
    bob,
    async subscribe(who: Somebody, device?: Device, more = {}) {
      const there = device ?? (await service.device(key))
      const { endpoint, keys } = there
      const { status, body, headers } = await t.api(who, 'POST /push/subscriptions', { endpoint, keys, ...more })
      return { device: there, status, body, location: headers.get('location'), id: body.id as number }
    },
    devicesOf: async (who: Somebody) => (await t.api(who, 'GET /push/subscriptions')).body.items,
    logOf: async (who: Somebody, id: number) => (await t.api(who, `GET /push/subscriptions/${id}`)).body.deliveries,
    async follow(follower: Somebody, followee: Somebody) {
      await t.api(follower, `PUT /follows/${followee.handle}`)
      await t.runJobs()
    },
    /** Delivers posts to inboxes without sending any pushes. */
    async deliverOnly() {
      while (await runNext(t.app, 'rest', { handlers }));
    },
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]()
      t[Symbol.dispose]()
    },
  }
}

/** Opens a new push app before each test of the file. After each test, checks that all pushes were valid. */
export function pushAppForEachTest(use: (app: PushApp) => void): void {
  let app: PushApp
  beforeEach(async () => {
    app = await pushApp()
    use(app)
  })
  afterEach(async () => {
    expect(app.service.faults).toEqual([])
    await app[Symbol.asyncDispose]()
  })
}
