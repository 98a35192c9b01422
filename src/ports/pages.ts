import type { PageName } from '../../shapes/pages'

/** The pages that the host has written. */
export type WrittenPages = {
  names: PageName[]
  /** When a page that people agree to last changed. Null while there is none. */
  agreedAfter: Date | null
}
