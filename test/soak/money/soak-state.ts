import type { FakeStripe } from '../../stripe'
import type { Action, Answer } from './action'
import type { Moves, Tally } from './tally'

export type Person = { handle: string; token: string }

/** A post that a person wants to own. */
export type Wish = {
  postId: number
  holder: Person
  payer: Person
  state: 'asked' | 'held' | 'refund asked' | 'refunded'
}

/** The people who buy and sell, and everything known from the responses. */
export type SoakState = {
  dir: string
  port: number
  boss: Person
  seller: Person
  buyers: Person[]
  /** People who came with the purpose of leaving with coins, and left. */
  gone: Set<Person>
  stripe: FakeStripe
  tally: Tally
  /** Unconfirmed actions, each with a function that records what it moved. */
  unconfirmed: Map<Action, (moves: Moves) => void>
  confirmed: { action: Action; answer: Answer }[]
  /** Actions that follow from earlier responses. */
  followUps: Action[]
  wishes: Map<string, Wish>
  /** Posts that a person has not requested yet. */
  offered: Map<Person, number[]>
  /** Voucher codes that a person has not redeemed yet. */
  codes: Map<Person, string[]>
  counts: { done: number; refused: number; again: number; replayed: number }
}

export const PRICE = 3
export const WORTH = 7

export const below = (n: number) => Math.floor(Math.random() * n)
export const one = <T>(of: T[]): T => of[below(of.length)]!
/** Removes a random element and returns it. */
export const draw = <T>(from: T[]): T | undefined => from.splice(below(from.length), 1)[0]
