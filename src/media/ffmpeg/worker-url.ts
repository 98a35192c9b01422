/** The URL of a Bun worker: a file beside this one, or in the executable a bundle beside this bundle. */
export const workerUrl = (name: 'core' | 'core-thread') =>
  new URL(`./${name}${import.meta.url.slice(-3)}`, import.meta.url).href
