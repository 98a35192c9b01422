import { z } from 'zod'
import { object } from './object'

/**
 * A tag in a text: `#` and letters, digits or underscores of any script. Inside a word, an address or another tag, `#`
 * begins no tag.
 */
export const TAGGED = /(?<![\p{L}\p{N}\p{M}_#＃&/.@])([#＃][\p{L}\p{N}\p{M}_]{1,50})(?![\p{L}\p{N}\p{M}_])/gu

/** Whether this is the name of a tag, without `#`. */
export const isTag = (text: string): boolean => /^[\p{L}\p{N}\p{M}_]{1,50}$/u.test(text)

/** The form in which tags are compared. Case makes no difference. */
export const tagKey = (text: string): string => text.normalize('NFC').toLowerCase()

/** How many tags of a post count; later ones are links only. */
const MOST_TAGS = 30

/** The tags of a caption, each once. */
export const tagsIn = (text: string): string[] =>
  [...new Set([...text.matchAll(TAGGED)].map(([, tag = '']) => tagKey(tag.slice(1))))].slice(0, MOST_TAGS)

export const tagSchema = object(() => ({
  tag: z.string(),
  posts: z.int().describe('How many posts the viewer may see, counted up to 1,000.'),
})).meta({ id: 'Tag' })

export type TagJson = z.infer<typeof tagSchema>

/** The page of a tag. */
export const tagPath = (tag: string): string => `/tags/${encodeURIComponent(tagKey(tag))}`
