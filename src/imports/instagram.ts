import { z } from 'zod'
import { object } from '../../shapes/object'
import { type Bundle, type Part, readPart, split } from './bundle'
import { type Found, type FoundPost, sourceOf, type Trouble } from './post'

const MOST_JSON = 256 * 1024 ** 2

/** The lists of posts in an export, in the layouts that Instagram has used. The folders around them vary. */
const LISTS = [
  { name: /^posts_\d+\.json$/, key: null, isStory: false },
  { name: /^reels(_\d+)?\.json$/, key: 'ig_reels_media', isStory: false },
  { name: /^igtv_videos(_\d+)?\.json$/, key: 'ig_igtv_media', isStory: false },
  { name: /^stories(_\d+)?\.json$/, key: 'ig_stories', isStory: true },
] as const
/** The single list of exports until 2020. */
const OLD_LIST = /^media\.json$/

const item = object(() => ({
  uri: z.string(),
  creation_timestamp: z.number().default(0),
  title: z.string().default(''),
}))
const post = object(() => ({
  media: z.array(item).min(1),
  title: z.string().default(''),
  creation_timestamp: z.number().optional(),
}))
const oldItem = object(() => ({ path: z.string(), taken_at: z.string(), caption: z.string().default('') }))

type Post = z.infer<typeof post>

/** Whether the bundle is an export of Instagram, of any of the forms it has had. */
export const isInstagram = ({ parts }: Bundle): boolean =>
  parts.some(({ path }) => LISTS.some(({ name }) => name.test(split(path).name)) || isOldList(path))

const isOldList = (path: string) => OLD_LIST.test(split(path).name) && path.split('/').length <= 2

/** Finds the posts and reels of an Instagram export, and the stories if they are wanted. */
export async function findInstagram(bundle: Bundle, { stories }: { stories: boolean }): Promise<Found> {
  const find = finder(bundle)
  const troubles: Trouble[] = []
  const found = new Map<string, FoundPost>()
  for (const part of bundle.parts) {
    const list = LISTS.find(({ name }) => name.test(split(part.path).name))
    if (!list && !isOldList(part.path)) continue
    if (list?.isStory && !stories) continue
    const read = await readList(part, list?.key ?? null, { isOld: !list, stories })
    if ('reason' in read) troubles.push({ path: part.path, reason: read.reason })
    else
      for (const each of read.posts) {
        const made = each && postOf(each, part.path, find, troubles)
        if (!each) troubles.push({ path: part.path, reason: 'An entry has another form than those of Instagram.' })
        if (made) found.set(made.source, made) // reels are listed twice in some exports
      }
  }
  return { kind: 'instagram', posts: [...found.values()], notes: [], troubles }
}

type Read = { posts: (Post | null)[] } | { reason: string }

async function readList(
  part: Part,
  key: string | null,
  { isOld, stories }: { isOld: boolean; stories: boolean },
): Promise<Read> {
  let json: unknown
  try {
    json = JSON.parse((await readPart(part, MOST_JSON)).toString('utf8'))
  } catch (error) {
    return { reason: `It cannot be read: ${error instanceof Error ? error.message : error}` }
  }
  if (isOld) return { posts: oldPosts(json as Record<string, unknown>, stories) }
  const list = key && !Array.isArray(json) ? (json as Record<string, unknown>)[key] : json
  const entries = Array.isArray(list) ? list : [list] // a single post is not in a list
  return { posts: entries.map((entry) => post.safeParse(entry).data ?? single(entry)) }
}

/** Stories are items without a list around them. */
function single(entry: unknown): Post | null {
  const read = item.safeParse(entry).data
  return read ? { media: [read], title: read.title } : null
}

function oldPosts(json: Record<string, unknown>, stories: boolean): (Post | null)[] {
  const lists = ['photos', 'videos', ...(stories ? ['stories'] : [])]
  const items = lists
    .flatMap((name) => (Array.isArray(json[name]) ? json[name] : []))
    .map((each) => oldItem.safeParse(each).data)
  // the pictures of one post have the same time and caption
  const groups = Map.groupBy(items, (each) => (each ? `${each.taken_at} ${each.caption}` : null))
  return [...groups].flatMap(([key, group]) => {
    if (key === null) return group.map(() => null)
    const media = group.map((each) => ({
      uri: each!.path,
      creation_timestamp: +zoned(each!.taken_at) / 1000,
      title: '',
    }))
    return { media, title: group[0]!.caption }
  })
}

/** Times without a zone are in that of the server of the export, UTC. */
const zoned = (text: string) => new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`)

function postOf(
  { media, title, creation_timestamp }: Post,
  from: string,
  find: Find,
  troubles: Trouble[],
): FoundPost | null {
  const at = creation_timestamp ?? media[0]!.creation_timestamp
  const files: FoundPost['files'] = []
  for (const { uri } of media) {
    const part = find(from, uri)
    if (part) files.push({ part, altText: '' })
    else
      troubles.push({
        path: uri,
        reason: 'The export names this file but does not contain it. Is another part missing?',
      })
  }
  if (!files.length) return null
  const caption = mended(
    title || (media.length === 1 ? media[0]!.title : (media.find(({ title }) => title)?.title ?? '')),
  )
  const uris = media.map(({ uri }) => split(uri).name)
  return { source: sourceOf('instagram', String(at), ...uris), from, caption, publishedAt: new Date(at * 1000), files }
}

type Find = (from: string, uri: string) => Part | undefined

/** Finds what a list names: from the root of the export, which may be a folder in the zip, or by the end of the path. */
function finder({ parts }: Bundle): Find {
  const byPath = new Map(parts.map((part) => [part.path, part]))
  const byName = Map.groupBy(parts, ({ path }) => split(path).name)
  return (from, uri) => {
    const root = from.match(/^(.*?)(your_instagram_activity\/|content\/|media\.json$)/)?.[1] ?? ''
    const exact = byPath.get(root + uri) ?? byPath.get(uri)
    return exact ?? byName.get(split(uri).name)?.find(({ path }) => path.endsWith(`/${uri}`))
  }
}

/** Instagram writes each byte of a text in UTF-8 as a letter of its own, as if it were Latin-1. */
export function mended(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[\u0100-\uffff]/.test(text)) return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'))
  } catch {
    return text // it was written as it should be
  }
}
