import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import { type Doer, record } from '../actions/record'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { balanceOf } from './ledger'
import { issue } from './model'
import { redemptions, vouchers } from './table'
import { newVoucherCode, parseVoucherCode } from './voucher-code'

/** Hashes a code with a key of the server. Only the hash is stored, so a leaked database does not reveal codes. */
export const hashCode = (key: Uint8Array, code: string) =>
  new Bun.CryptoHasher('sha256', key).update(code).digest('base64url')

export type VoucherDraft = { coins: number; uses: number; expiresAt: Date | null }

/** Creates vouchers and returns their codes, which cannot be read later. At most 500 at a time keep the write short. */
export async function createVouchers(
  tx: Tx,
  key: Uint8Array,
  count: number,
  draft: VoucherDraft,
  creator: Doer,
  now: Date,
): Promise<string[]> {
  const codes = Array.from({ length: count }, newVoucherCode)
  for (const code of codes)
    await tx.insert(vouchers).values({
      ...draft,
      codeHash: hashCode(key, parseVoucherCode(code)!),
      createdBy: creator?.id ?? null,
      createdAt: now,
    })
  const { coins, uses, expiresAt } = draft
  const detail = { count, coins, uses, expiresAt: expiresAt?.toISOString() ?? null }
  await record(tx, { kind: 'vouchers_made', by: creator, detail }, now)
  return codes
}

/** Lists the vouchers for the staff, newest first. Their codes are not stored. */
export async function listVouchers(db: Reader, wanted: Wanted) {
  const rows = await db
    .select()
    .from(vouchers)
    .where(before(wanted.cursor, vouchers.createdAt, vouchers.id))
    .orderBy(desc(vouchers.createdAt), desc(vouchers.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** Makes a voucher expire now. Withdrawing it twice changes nothing. */
export async function endVoucher(tx: Tx, by: Doer, id: number, now: Date): Promise<void> {
  const ended = await tx
    .update(vouchers)
    .set({ endedAt: now })
    .where(and(eq(vouchers.id, id), isNull(vouchers.endedAt)))
    .returning({ id: vouchers.id })
  if (ended.length) await record(tx, { kind: 'voucher_ended', by, detail: { voucherId: id } }, now)
}

const unknown = () => new Problem('not_found', 'There is no such voucher. Please check the code.')

/** Redeems a voucher. Each person can redeem it once, and all people together as often as it has uses. */
export async function redeem(
  tx: Tx,
  me: Person,
  key: Uint8Array,
  text: string,
  now: Date,
): Promise<{ coins: number; balance: number }> {
  const code = parseVoucherCode(text)
  if (!code) throw unknown()
  const [voucher] = await tx
    .select()
    .from(vouchers)
    .where(eq(vouchers.codeHash, hashCode(key, code)))
    .limit(1)
  if (!voucher) throw unknown()
  const { id, coins } = voucher
  const mine = and(eq(redemptions.voucherId, id), eq(redemptions.userId, me.id))
  if ((await tx.select({ id: redemptions.voucherId }).from(redemptions).where(mine)).length) throw alreadyRedeemed()
  if (voucher.endedAt || (voucher.expiresAt && voucher.expiresAt <= now))
    throw new Problem('gone', 'This voucher has expired. Ask for a new one where you got it.', { code: 'expired' })
  const used = await tx
    .update(vouchers)
    .set({ used: sql`${vouchers.used} + 1` })
    .where(and(eq(vouchers.id, id), lt(vouchers.used, vouchers.uses)))
    .returning({ id: vouchers.id })
  if (!used.length) throw alreadyRedeemed()
  const transferId = await issue(tx, me, { coins, kind: 'voucher', cause: `voucher:${id}:${me.id}` }, now)
  await tx.insert(redemptions).values({ voucherId: id, userId: me.id, transferId, at: now })
  return { coins, balance: (await balanceOf(tx, 'member', me.id)).balance }
}

const alreadyRedeemed = () =>
  new Problem('conflict', 'This voucher has already been redeemed.', { code: 'already_redeemed' })
