/** What a person has. `earned` is the part of the balance that can be paid out; a debt is a positive number. */
type Held = { balance: number; earned: number; debt: number; reserved: number; gone: boolean }
type Sale = {
  postId: number
  buyerId: number
  payerId: number
  authorId: number
  price: number
  fee: number
  earnedSpent: number
}
/** A link for a guest that has not ended. Its price comes back if it ends unopened. */
type Look = Omit<Sale, 'buyerId'> & { id: number; opened: boolean }
type Payment = { userId: number; coins: number; amount: number; claims: Map<string, number>; taken: number }

export type LedgerModel = ReturnType<typeof ledgerModel>

/**
 * The coin rules in their simplest form: no accounts, no ledger entries, no concurrency and no storage. After any
 * sequence of actions, the real ledger must hold the same as this model.
 */
export function ledgerModel() {
  const people = new Map<number, Held>()
  const sums = { issued: 0, house: 0, paidOut: 0, takenBack: 0 }
  let sales: Sale[] = []
  let looks: Look[] = []
  const payments = new Map<string, Payment>()

  function of(id: number): Held {
    const held = people.get(id) ?? { balance: 0, earned: 0, debt: 0, reserved: 0, gone: false }
    people.set(id, held)
    return held
  }

  /** Takes coins from a balance, spending either the bought or the earned ones first. */
  function take(from: Held, coins: number, first: 'bought' | 'earned') {
    from.balance -= coins
    from.earned = first === 'earned' ? Math.max(0, from.earned - coins) : Math.min(from.earned, from.balance)
  }

  /** Adds coins. A debt is paid from them first. The coins of people who have left go to the operator's account. */
  function come(id: number, coins: number, earned: number, first: 'bought' | 'earned') {
    const to = of(id)
    const repaid = Math.min(coins, to.debt)
    to.balance += coins
    to.earned += earned
    to.debt -= repaid
    take(to, repaid, first)
    if (to.gone) giveUp(to)
  }

  function giveUp(held: Held) {
    sums.house += held.balance
    Object.assign(held, { balance: 0, earned: 0 })
  }

  function earn(id: number, coins: number, fee: number) {
    sums.house += fee
    come(id, coins - fee, coins - fee, 'earned')
  }

  /** Takes coins back. What the balance does not cover becomes a debt. */
  function takeBack(id: number, coins: number, first: 'bought' | 'earned') {
    const from = of(id)
    const there = Math.min(from.balance, coins)
    from.debt += coins - there
    take(from, there, first)
  }

  const feeOf = (coins: number, percent: number) => Math.floor((coins * percent) / 100)

  function issue(id: number, coins: number) {
    sums.issued += coins
    come(id, coins, 0, 'bought')
  }

  /** Moves the price from who pays to the author, and returns what a refund has to know. */
  function charge({ payerId, authorId, price }: Pick<Sale, 'payerId' | 'authorId' | 'price'>, percent: number) {
    const [payer, fee] = [of(payerId), feeOf(price, percent)]
    const before = payer.earned
    take(payer, price, 'bought')
    earn(authorId, price, fee)
    return { fee, earnedSpent: before - payer.earned }
  }

  function moveBack(sale: Omit<Sale, 'buyerId'>) {
    sums.house -= sale.fee
    come(sale.payerId, sale.price, sale.earnedSpent, 'bought')
    takeBack(sale.authorId, sale.price - sale.fee, 'earned')
  }

  function refund(sale: Sale) {
    sales = sales.filter((each) => each !== sale)
    moveBack(sale)
  }

  const giveBack = (id: number, coins: number) => {
    of(id).reserved -= coins
    come(id, coins, coins, 'earned')
  }

  return {
    sums,
    issue,
    sales: () => sales,
    sell({
      percent,
      ...sale
    }: Pick<Sale, 'postId' | 'buyerId' | 'payerId' | 'authorId' | 'price'> & { percent: number }) {
      sales.push({ ...sale, ...charge(sale, percent) })
    },
    looks: () => looks,
    giveLook({ percent, ...look }: Omit<Look, 'fee' | 'earnedSpent' | 'opened'> & { percent: number }) {
      looks.push({ ...look, ...charge(look, percent), opened: false })
    },
    endLook(look: Look, { refunded }: { refunded: boolean }) {
      looks = looks.filter((each) => each !== look)
      if (refunded) moveBack(look)
    },
    tip(fromId: number, toId: number, coins: number, percent: number) {
      take(of(fromId), coins, 'bought')
      earn(toId, coins, feeOf(coins, percent))
    },
    refund: (postId: number, buyerId: number) =>
      refund(sales.find((sale) => sale.postId === postId && sale.buyerId === buyerId)!),
    /** Ends a purchase without a refund. */
    end(postId: number, buyerId: number) {
      sales = sales.filter((sale) => sale.postId !== postId || sale.buyerId !== buyerId)
    },
    reserve(id: number, coins: number) {
      take(of(id), coins, 'earned')
      of(id).reserved += coins
    },
    giveBack,
    payOut(id: number, coins: number) {
      of(id).reserved -= coins
      sums.paidOut += coins
    },
    pay(name: string, userId: number, coins: number, amount: number) {
      payments.set(name, { userId, coins, amount, claims: new Map(), taken: 0 })
      issue(userId, coins)
    },
    /** Records how much of the payment's money has been reclaimed for this reason. */
    claim(name: string, reason: string, money: number) {
      const payment = payments.get(name)!
      payment.claims.set(reason, money)
      const claimed = payment.claims.values().reduce((sum, each) => sum + each, 0)
      const due = Math.floor((payment.coins * Math.min(claimed, payment.amount)) / payment.amount) - payment.taken
      payment.taken += due
      sums.takenBack += due
      if (due > 0) takeBack(payment.userId, due, 'bought')
      if (due < 0) come(payment.userId, -due, 0, 'bought')
    },
    leave(id: number) {
      const held = of(id)
      giveBack(id, held.reserved)
      giveUp(held)
      held.gone = true
    },
    /** People who have or owe something, sorted by id. */
    held: () =>
      [...people]
        .map(([id, { gone, ...held }]) => ({ id, ...held }))
        .filter(({ balance, debt, reserved }) => balance || debt || reserved)
        .sort((a, b) => a.id - b.id),
  }
}
