import type { Part } from './bundle'

/** A post as an export describes it. */
export type FoundPost = {
  /** The same for the same post in every export of it. */
  source: string
  /** Where it is described, for messages. */
  from: string
  caption: string
  publishedAt: Date
  files: { part: Part; altText: string }[]
}

/** Something that cannot be imported or is left out on purpose, and why. */
export type Trouble = { path: string; reason: string }

export type Found = { kind: 'instagram' | 'pictures'; posts: FoundPost[]; notes: Trouble[]; troubles: Trouble[] }

/** A short name for what identifies a post, which tells nothing about it. */
export const sourceOf = (kind: string, ...parts: string[]) =>
  `${kind}:${new Bun.CryptoHasher('sha256').update(parts.join('\0')).digest('hex').slice(0, 32)}`
