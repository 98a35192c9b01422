/** Where coins can be: with a buyer, by their handle, or in one of these. All that moves from one is in another. */
export type Place = string
/** The coins of everybody who earns or leaves, what is set aside for payouts, the house, and all debts of theirs. */
export const REST = 'the rest'
export const ISSUED = 'issued'
export const PAID_OUT = 'paid out'
export const TAKEN_BACK = 'taken back'

/** Coins that a deed brings (or takes: below zero). */
export type Moves = Record<Place, number>
/** Between which sums it may be, as long as nobody heard. */
export type Range = Record<Place, { least: number; most: number }>
export type Tally = ReturnType<typeof newTally>

/** The books as answers tell of them, and how far they can be from that, where no answer was heard. */
export function newTally() {
  const known = new Map<Place, number>()
  const open = new Set<Range>()
  const add = (moves: Moves) => {
    for (const [place, coins] of Object.entries(moves)) known.set(place, (known.get(place) ?? 0) + coins)
  }
  return {
    add,
    /** Something that may be done by now. What comes back says what became of it. */
    expect(range: Range): (moves: Moves) => void {
      open.add(range)
      return (moves) => {
        open.delete(range)
        add(moves)
      }
    },
    /** How many are open. */
    unheard: () => open.size,
    between(place: Place): { least: number; most: number } {
      const bounds = { least: known.get(place) ?? 0, most: known.get(place) ?? 0 }
      for (const range of open) {
        bounds.least += range[place]?.least ?? 0
        bounds.most += range[place]?.most ?? 0
      }
      return bounds
    },
  }
}

/** All of it, or nothing. */
export const allOrNothing = (moves: Moves): Range =>
  Object.fromEntries(
    Object.entries(moves).map(([place, coins]) => [place, { least: Math.min(0, coins), most: Math.max(0, coins) }]),
  )
