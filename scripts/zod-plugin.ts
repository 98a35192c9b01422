import type { BunPlugin } from 'bun'

/**
 * Leaves out the messages of zod in fifty languages, which are a tenth of what a server reads when it starts. The library
 * of the OpenAPI document imports all of zod, but every message that a person sees comes from `views/words/`.
 */
export const zodPlugin = (): BunPlugin => ({
  name: 'zod',
  setup: (build) => {
    build.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
      loader: 'js',
    }))
  },
})
