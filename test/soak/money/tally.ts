/**
 * A place where coins can be: a buyer (by handle) or one of the following. Coins that leave one place arrive in
 * another.
 */
export type Place = string
/** The coins of sellers and leavers, reserved payouts, the operator's account, and all their debts. */
export const REST = 'the rest'
export const ISSUED = 'issued'
export const PAID_OUT = 'paid out'
export const TAKEN_BACK = 'taken back'

/** The coins that an action adds to places, or removes if negative. */
export type Moves = Record<Place, number>
/** The possible changes while the outcome is unknown. */
export type Range = Record<Place, { least: number; most: number }>
export type Tally = ReturnType<typeof newTally>

/** The expected sums according to the responses, and the range in which they may be while responses are missing. */
export function newTally() {
  const known = new Map<Place, number>()
  const open = new Set<Range>()
  const add = (moves: Moves) => {
    for (const [place, coins] of Object.entries(moves)) known.set(place, (known.get(place) ?? 0) + coins)
  }
  return {
    add,
    /** Registers an action that may have happened. The returned function records the outcome. */
    expect(range: Range): (moves: Moves) => void {
      open.add(range)
      return (moves) => {
        open.delete(range)
        add(moves)
      }
    },
    /** The number of actions with an unknown outcome. */
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

/** Either all of the moves happen or none. */
export const allOrNothing = (moves: Moves): Range =>
  Object.fromEntries(
    Object.entries(moves).map(([place, coins]) => [place, { least: Math.min(0, coins), most: Math.max(0, coins) }]),
  )
