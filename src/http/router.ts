import type { Result, Router } from 'hono/router'
import { TrieRouter } from 'hono/router/trie-router'

const MOST_REMEMBERED = 1000
const LONGEST_PATH = 100

/**
 * Hono's router for any set of routes, with a memory: walking through its tree takes as long as reading an empty list,
 * and most requests are for the same few addresses.
 */
export class RememberingRouter<T> implements Router<T> {
  readonly name = 'RememberingRouter'
  readonly #routes = new TrieRouter<T>()
  readonly #known = new Map<string, Result<T>>()

  add(method: string, path: string, handler: T) {
    this.#known.clear()
    this.#routes.add(method, path, handler)
  }

  match(method: string, path: string): Result<T> {
    const address = `${method} ${path}`
    const known = this.#known.get(address)
    if (known) return known
    const found = this.#routes.match(method, path)
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear()
    if (path.length <= LONGEST_PATH) this.#known.set(address, found)
    return found
  }
}
