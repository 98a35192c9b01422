import type { FakeStripe } from '../../stripe'
import type { Answer, Deed } from './deed'
import type { Moves, Tally } from './tally'

export type Person = { handle: string; token: string }

/** A post that somebody wants to hold. */
export type Wish = {
  postId: number
  holder: Person
  payer: Person
  state: 'asked' | 'held' | 'refund asked' | 'refunded'
}

/** Everybody who buys and sells, and all they know. */
export type Fair = {
  dir: string
  port: number
  boss: Person
  seller: Person
  buyers: Person[]
  /** They came to leave, with coins, and did. */
  gone: Set<Person>
  stripe: FakeStripe
  tally: Tally
  /** Deeds of which nothing was heard, and how to say what they moved. */
  open: Map<Deed, (moves: Moves) => void>
  heard: { deed: Deed; answer: Answer }[]
  /** What follows from what was heard. */
  waiting: Deed[]
  wishes: Map<string, Wish>
  /** Posts nobody has asked for, by who may want them. */
  offered: Map<Person, number[]>
  /** Codes nobody has redeemed, by who may. */
  codes: Map<Person, string[]>
  told: { done: number; refused: number; again: number; replayed: number }
}

export const PRICE = 3
export const WORTH = 7

export const below = (n: number) => Math.floor(Math.random() * n)
export const one = <T>(of: T[]): T => of[below(of.length)]!
/** Any of them, which is then no more among them. */
export const draw = <T>(from: T[]): T | undefined => from.splice(below(from.length), 1)[0]
