import { z } from 'zod'
import { later, object } from './object'
import { textField } from './text'

/** The pages that a host can write. */
export const PAGE_NAMES = ['rules', 'terms', 'privacy', 'imprint', 'contact'] as const

export type PageName = (typeof PAGE_NAMES)[number]

/** The pages that people agree to when they sign up, and again after a change. */
export const AGREED_PAGES = ['rules', 'terms', 'privacy'] as const satisfies readonly PageName[]

export const pageTextField = later(() =>
  textField({
    max: 100_000,
    tooLong: 'A page can have at most 100,000 characters.',
    empty: 'Write something, or delete the page.',
  }),
)

export const pageSchema = object(() => ({
  name: z.enum(PAGE_NAMES),
  text: z.string().describe('In Markdown.'),
  html: z.string().describe('The same as HTML, without scripts and without unsafe links.'),
  changedAt: z.iso.datetime(),
})).meta({ id: 'Page' })

export type PageJson = z.infer<typeof pageSchema>
