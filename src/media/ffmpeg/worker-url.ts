/** Where one of our Bun workers starts: a file beside this one, in the executable a bundle beside the one this is in. */
export const workerUrl = (name: 'core' | 'core-thread') =>
  new URL(`./${name}${import.meta.url.slice(-3)}`, import.meta.url).href
