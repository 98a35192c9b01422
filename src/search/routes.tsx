import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type FoundJson, foundSchema, MOST_QUERY, SEARCHED, type Searched } from '../../shapes/search'
import { FoundPart, MoreFound } from '../../views/search/found'
import { SearchPage } from '../../views/search/page'
import type { Env } from '../context'
import type { Wanted } from '../db/page'
import { wordsOf } from '../db/search-text'
import { api } from '../http/api'
import { nextLink, wanted } from '../http/list'
import { reply } from '../http/reply'
import { viewerContextOf } from '../http/viewer-context'
import { searchPosts } from '../posts/found'
import { postJson } from '../posts/json'
import { searchTags } from '../posts/tags/model'
import { invalidFields } from '../problem'
import { searchPeople, suggestPeople } from '../users/found'
import { userJson } from '../users/json'

/** How many words of a query are looked for. */
const MOST_WORDS = 10
/** How much of each list the page shows before somebody asks for more of one. */
const SHOWN: Record<Searched, number> = { users: 5, tags: 8, posts: 18 }

/** Reads what the query asks for: its words, and in which lists. */
function asked(c: Context<Env>) {
  const { q = '', in: lists, cursor } = c.req.query()
  const kinds = lists ? lists.split(',').map((name) => name.trim()) : [...SEARCHED]
  const unknown = kinds.some((kind) => !SEARCHED.includes(kind as Searched))
  const errors = [
    ...([...q].length > MOST_QUERY ? [{ path: 'q', message: 'A search can have at most 100 characters.' }] : []),
    ...(unknown ? [{ path: 'in', message: 'Search in posts, users or tags.' }] : []),
    ...(cursor !== undefined && kinds.length !== 1
      ? [{ path: 'cursor', message: 'Name the list of this cursor in “in”.' }]
      : []),
  ]
  if (errors.length) throw invalidFields(...errors)
  return { q, words: wordsOf(q).slice(0, MOST_WORDS), kinds: SEARCHED.filter((kind) => kinds.includes(kind)) }
}

async function find(c: Context<Env>, words: string[], kind: Searched, wanted: Wanted): Promise<FoundJson> {
  const { db } = c.var.app
  const viewerContext = viewerContextOf(c)
  const { viewer } = viewerContext
  if (kind === 'tags') return { tags: await searchTags(db, viewer, words, wanted) }
  if (kind === 'users') {
    const users = await searchPeople(db, viewer, words, wanted)
    return { users: { ...users, items: users.items.map((user) => userJson(user, viewerContext)) } }
  }
  const posts = await searchPosts(db, viewer, words, wanted)
  return { posts: { ...posts, items: posts.items.map((row) => postJson(row, viewerContext)) } }
}

/** People to follow, for whoever has not searched yet or found nothing. */
async function suggestions(c: Context<Env>, found: FoundJson) {
  if (c.var.format === 'json' || Object.values(found).some((list) => list?.items.length)) return []
  const viewerContext = viewerContextOf(c)
  const page = await suggestPeople(c.var.app.db, viewerContext.viewer, { limit: 10, cursor: null })
  return page.items.map((user) => userJson(user, viewerContext))
}

export const search = new Hono<Env>().get(
  '/',
  api('Search captions, people and tags by parts of words, or Korean by first consonants.', {
    answers: foundSchema,
    query: {
      q: 'The words to look for. Each has to be found. Exact words come first, then beginnings, then parts of words.',
      in: 'The lists to search, separated by commas: posts, users, tags. All of them by default.',
      limit: z.int().min(1).max(100).default(20).describe('The length of each list.'),
      cursor: 'The `nextCursor` of a list, when `in` names only that list.',
    },
    errors: [422],
  }),
  async (c) => {
    const { q, words, kinds } = asked(c)
    const page = wanted(c)
    const [only] = kinds
    const isOne = kinds.length === 1
    const found: FoundJson = {}
    for (const kind of kinds) {
      const limit = c.var.format === 'json' || isOne ? page.limit : SHOWN[kind]
      Object.assign(found, await find(c, words, kind, { ...page, limit }))
    }
    const next = isOne && only ? nextLink(c, found[only]!) : null
    if (page.cursor && only && c.var.format === 'part')
      return reply(c, { json: () => found, page: () => <MoreFound found={found} next={next} /> })
    const props = { q, found, next, only: isOne && only ? only : null, people: await suggestions(c, found) }
    return reply(c, {
      json: () => found,
      part: () => <FoundPart {...props} />,
      page: () => <SearchPage {...props} />,
    })
  },
)
