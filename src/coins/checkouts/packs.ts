import { parsePrice } from '../../../shapes/currency'
import { MOST_PACKS, type Pack, packSchema, type Settings } from '../../../shapes/settings'
import type { Doer } from '../../actions/record'
import { changeSettingsBy } from '../../actions/settings'
import type { Config } from '../../config'
import type { Tx } from '../../db/open'
import { invalidFields, Problem } from '../../problem'
import { readSettings } from '../../settings/model'

/** An id made of coins and price, so that nobody can buy a pack that the staff changed after it was displayed. */
export const packId = ({ coins, amount, currency }: Pack): string => `${coins}-${amount}-${currency}`

/** Finds the chosen pack among those that are for sale now. */
export function choosePack({ packs }: Pick<Settings, 'packs'>, id: string): Pack {
  const found = packs.find((pack) => packId(pack) === id)
  if (!found)
    throw new Problem('conflict', 'This pack is no longer for sale. Please choose another one.', {
      code: 'pack_changed',
    })
  return found
}

type Draft = { coins: number; amount?: number | undefined; price?: string | undefined; currency: string }

/** Reads the price as people write it (`price`, like 4.90) or as programs do (`amount`, like 490). */
export function packOf({ coins, amount, price, currency }: Draft): Pack {
  const pack = packSchema.safeParse({
    coins,
    currency,
    amount: amount ?? parsePrice(price ?? '', currency.toLowerCase()),
  })
  if (pack.success) return pack.data
  const errors = pack.error.issues.map(({ path, message }) => {
    const name = String(path[0] ?? '')
    return name === 'amount' && amount === undefined
      ? { path: 'price', message: 'This is not a valid price in this currency.' }
      : { path: name, message }
  })
  throw invalidFields(...errors)
}

type Fixed = Pick<Config, 'fixed'>

/** Adds a pack, unless it exists already. */
export async function addPack(tx: Tx, by: Doer, pack: Pack, config: Fixed, now: Date): Promise<void> {
  const { packs } = await readSettings(tx, config)
  if (packs.some((each) => packId(each) === packId(pack))) return
  if (packs.length === MOST_PACKS)
    throw new Problem('conflict', 'You can offer at most 20 packs. Remove one first.', { code: 'too_many' })
  const sorted = [...packs, pack].sort((a, b) => a.currency.localeCompare(b.currency) || a.amount - b.amount)
  await changeSettingsBy(tx, by, { packs: sorted }, config, now)
}

/** Takes a pack off sale. Payments that were opened for it still credit its coins. */
export async function removePack(tx: Tx, by: Doer, id: string, config: Fixed, now: Date): Promise<void> {
  const { packs } = await readSettings(tx, config)
  await changeSettingsBy(tx, by, { packs: packs.filter((pack) => packId(pack) !== id) }, config, now)
}
