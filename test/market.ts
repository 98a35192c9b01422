import { expect } from 'bun:test'
import { auditLedger } from '../src/coins/audit'
import { walletOf } from '../src/coins/model'
import { createVouchers, type VoucherDraft } from '../src/coins/vouchers'
import { openMoment } from '../src/db/view'
import { type As, type Somebody, testApp } from './harness'

export type Market = Awaited<ReturnType<typeof market>>

/** A community in which Ann sells, Bob and Eve may buy, and the administrator `boss` issues coins. */
export async function market(env: Record<string, string> = {}, postgresUrl?: string) {
  const t = await testApp(env, undefined, postgresUrl)
  const [boss, ann, bob, eve] = [
    await t.user('boss', { role: 'admin' }),
    await t.user('ann'),
    await t.user('bob'),
    await t.user('eve'),
  ]
  return {
    ...t,
    boss,
    ann,
    bob,
    eve,
    async grant(to: Somebody, coins: number) {
      expect((await t.api(boss, `POST /admin/users/${to.handle}/grants`, { coins })).status).toBe(201)
    },
    async voucher(draft: Partial<VoucherDraft> = {}): Promise<string> {
      const whole = { coins: 100, uses: 1, expiresAt: null, ...draft }
      const [code] = await t.app.write((tx) => createVouchers(tx, t.app.voucherKey, 1, whole, null, t.app.now()))
      return code!
    },
    redeem: (as: As, code: string, headers?: Record<string, string>) =>
      t.api(as, 'POST /coins/redemptions', { code }, headers),
    buy: (as: As | null, { id, price }: { id: number; price: number }) => t.api(as, `PUT /library/${id}`, { price }),
    wallet: (of: { id: number }) => walletOf(t.app.db, of),
    /** What a person owes, as a positive number. */
    async debt({ id }: { id: number }): Promise<number> {
      using other = t.openDatabase()
      const row = other
        .query<{ balance: number }, [number]>(`select balance from coin_accounts where kind = 'debt' and user_id = ?`)
        .get(id)
      return Math.abs(row?.balance ?? 0)
    },
    async audit() {
      await using snapshot = await openMoment(t.place)
      return (await auditLedger(snapshot.db)).faults
    },
  }
}
