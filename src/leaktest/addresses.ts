import type { Hono } from 'hono'
import type { Env } from '../context'
import { examine } from './examine'
import type { Somebody } from './people'
import { ask, type Scene } from './scene'

/** How many owners request every address. For the other owners only media links are tried. */
const WALKING_OWNERS = 5
/** How many profiles are requested. */
const WALKED_PROFILES = 20
/** How many tags are requested. */
const WALKED_TAGS = 5
/** How many pages of a list are requested. */
const MOST_PAGES = 500

/** Addresses that are left out: assets, which are the same for everybody, and media, which are tried link by link. */
const APART = /^(\/api)?\/(media|assets|source)\b|\*/

/** Query parameters that are added to every address, in case one of them has an effect. */
const HOPES =
  'all=1&deleted=1&include=files&status=processing&visibility=followers&locked=false&adultsOnly=true' +
  '&viewer=1&userId=1&author=1&as=admin&role=admin&q=a&format=original&limit=100'

/** Requests every GET address of the server as every kind of person, and follows every media link in the answers. */
export async function tryAddresses(scene: Scene): Promise<void> {
  const patterns = addressesOf(scene.hono)
  const posts = valuesOf(scene)('posts', 'id')
  const asked = await queriesOf(scene)
  let owners = 0
  for (const who of scene.people) {
    if (who.kind === 'owner' && owners++ >= WALKING_OWNERS) continue
    const seen = new Set<string>()
    for (const pattern of patterns) {
      const all = fill(pattern, valuesOf(scene))
      const paths = who.kind === 'suspended' ? all.slice(0, 1) : all // one check refuses a suspended person everywhere
      for (const path of paths) await walk(scene, who, pattern, path, seen)
      if (pattern === '/oembed')
        for (const id of posts)
          await walk(scene, who, pattern, `/oembed?url=http%3A%2F%2Flocalhost%2Fposts%2F${id}`, seen)
      for (const query of [HOPES, asked]) if (paths[0]) await walk(scene, who, pattern, `${paths[0]}?${query}`, seen)
    }
  }
}

/** Every address of the server with its pattern, filled with all its values. */
export function* pathsOf(scene: Scene): Generator<{ pattern: string; path: string }> {
  const values = valuesOf(scene)
  for (const pattern of addressesOf(scene.hono)) for (const path of fill(pattern, values)) yield { pattern, path }
}

const addressesOf = (hono: Hono<Env>): string[] =>
  [
    ...new Set(
      hono.routes
        .filter(({ method, path }) => ['GET', 'ALL'].includes(method) && !APART.test(path))
        .map(({ path }) => path),
    ),
  ].sort()

/** Collects all query parameters of the OpenAPI document, each with some value. */
async function queriesOf(scene: Scene): Promise<string> {
  const nobody = scene.people[0]!
  const { body } = await ask(scene, nobody, '/api/openapi.json')
  const names = new Set(
    [...new TextDecoder().decode(body).matchAll(/"in":"query","name":"(\w+)"|"name":"(\w+)","in":"query"/g)].map(
      ([, a, b]) => a ?? b!,
    ),
  )
  return new URLSearchParams(
    [...names]
      .filter((name) => name !== 'cursor')
      .map((name): [string, string] => [name, name === 'limit' ? '100' : 'a']),
  ).toString()
}

type Values = (before: string, name: string) => (string | number)[]

function valuesOf({ files, rules }: Scene): Values {
  const fileIds = files.map(({ id }) => id)
  const postIds = [...new Set(fileIds.flatMap((id) => rules.postOf(id) ?? []))]
  const owners = [...new Set(fileIds.flatMap((id) => rules.ownerOf(id) ?? []))]
  const handles = owners.flatMap((id) => rules.handleOf(id) ?? []).slice(0, WALKED_PROFILES)
  const tags = rules.tags().slice(0, WALKED_TAGS).map(encodeURIComponent)
  return (before, name) => {
    if (name === 'handle') return handles
    if (name === 'tag') return tags
    if (/^(posts|library)$/.test(before)) return postIds
    return before === 'files' ? fileIds : [1, 2, 3]
  }
}

/** Fills a pattern such as `/posts/:id` with all its values. */
function fill(pattern: string, values: Values): string[] {
  const parts = pattern.split('/')
  return parts.reduce<string[]>(
    (paths, part, at) => {
      const [, name] = /^:(\w+)/.exec(part) ?? []
      const all = name ? values(parts[at - 1] ?? '', name) : [part]
      return paths.flatMap((path) => all.map((each) => (at ? `${path}/${each}` : String(each))))
    },
    [''],
  )
}

/** Requests an address as a page and as a fragment, or as JSON, and reads lists to their end. */
async function walk(scene: Scene, who: Somebody, pattern: string, path: string, seen: Set<string>) {
  const shapes = path.startsWith('/api/') ? [{}] : [{}, { 'hx-request': 'true' }]
  for (const headers of shapes) {
    let next: string | undefined = path || '/'
    for (let page = 0; next && page < MOST_PAGES; page++) {
      scene.findings.tried(pattern, who)
      const answer = await ask(scene, who, next, headers)
      // 501 says that an address has no such format.
      if (answer.status >= 500 && answer.status !== 501)
        scene.findings.shut(pattern, who, `${next} answered ${answer.status}`)
      await examine(scene, who, pattern, next, answer, seen)
      next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
    }
  }
}
