import { version as release } from '../package.json'

/** Given by the build; running from source there is none. */
declare const BUILD: string | undefined

/** What `pinhole version` says, as `0.1.0 (4f2c9e1)`. */
export const version = `${release} (${typeof BUILD === 'undefined' ? 'from source' : BUILD})`
