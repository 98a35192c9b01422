import { version as release } from '../package.json'

/** Defined by the build; undefined when the program runs from source. */
declare const BUILD: string | undefined

/** The text that `pinhole version` prints, like `0.1.0 (4f2c9e1)`. */
export const version = `${release} (${typeof BUILD === 'undefined' ? 'from source' : BUILD})`
