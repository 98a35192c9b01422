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
  readonly #routes: [method: string, path: string, handler: T][] = []
  readonly #known = new Map<string, Result<T>>()
  #tree: TrieRouter<T> | undefined

  add(method: string, path: string, handler: T) {
    this.#tree = undefined
    this.#known.clear()
    this.#routes.push([method, path, handler])
  }

  match(method: string, path: string): Result<T> {
    const address = `${method} ${path}`
    const known = this.#known.get(address)
    if (known) return known
    this.#tree ??= this.#grow()
    const found = this.#tree.match(method, path)
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear()
    if (path.length <= LONGEST_PATH) this.#known.set(address, found)
    return found
  }

  /** Makes the tree of all routes. The first request waits for it instead of the start. */
  #grow(): TrieRouter<T> {
    const tree = new TrieRouter<T>()
    for (const route of this.#routes) tree.add(...route)
    return tree
  }
}
