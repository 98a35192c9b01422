import { BackToIndex, beginOf, CommentItem, END, Index, PostItem, type Sheet } from '../../views/takeout/pages'
import { translateInto } from '../../views/words'
import type { Reader } from '../db/open'
import { openStored, type Stores } from '../files/stored'
import type { Account } from '../ports/people'
import { listsOf, profileOf } from './lists'
import { type OwnFile, ownFiles, pathOfOriginal } from './originals'
import {
  bookmarkedPosts,
  library,
  likedPosts,
  mutedPosts,
  ownCollections,
  ownComments,
  ownPosts,
  type PathOf,
} from './posts'

/** The sources from which the server and the command collect the data of a person. */
export type Scene = { db: Reader; stores: Stores; siteName: string; timeZone: string; now: Date }

/** One file of the zip. */
export type Entry = {
  name: string
  input: ReadableStream<Uint8Array> | AsyncIterable<string> | string
  lastModified: Date
  size?: number
}

/**
 * Collects everything that belongs to a person, file by file: the originals, what they bought as they see it, all rows
 * as JSON, and pages that a browser opens without a server. Only one file is read at a time.
 */
export async function* takeoutOf(scene: Scene, me: Account): AsyncGenerator<Entry> {
  const { db, now } = scene
  const places = new Map<number, string>()
  let lost = 0
  for await (const file of ownFiles(db, me)) {
    const entry = await originalOf(scene, file)
    if (entry) {
      places.set(file.id, entry.name)
      yield entry
    } else lost++
  }
  yield* boughtFiles(scene, me)
  const pathOf: PathOf = (fileId) => places.get(fileId) ?? null
  const counts = { posts: 0, comments: 0, library: 0, originals: places.size, lost }
  const written: string[] = []
  for (const [name, list] of Object.entries(dataOf(scene, me, pathOf))) {
    written.push(`data/${name}.json`)
    const count = () => {
      if (name === 'posts' || name === 'comments' || name === 'library') counts[name]++
    }
    yield { name: `data/${name}.json`, input: jsonOf(list(), count), lastModified: now }
  }
  const profile = await profileOf(db, me)
  yield { name: 'data/profile.json', input: `${JSON.stringify(profile, null, 2)}\n`, lastModified: now }
  written.push('data/profile.json')
  yield* pages(scene, me, pathOf, { profile, counts, data: written.sort() })
}

async function originalOf({ stores }: Scene, file: OwnFile): Promise<Entry | null> {
  const stored = await openStored(stores, file, 'original')
  if (!stored) return null
  const name = pathOfOriginal(file)
  return { name, input: stored.stream(), lastModified: file.createdAt, size: stored.bytes }
}

async function* boughtFiles({ db, stores }: Scene, me: Account): AsyncGenerator<Entry> {
  for await (const { files, boughtAt } of library(db, me))
    for (const { id, path, stored: name } of files) {
      const stored = await stores.storage.open(id, name)
      if (stored) yield { name: path, input: stored.stream(), lastModified: boughtAt, size: stored.bytes }
    }
}

const dataOf = ({ db, now, timeZone }: Scene, me: Account, pathOf: PathOf) => ({
  posts: () => ownPosts(db, me, pathOf),
  files: () => fileList(db, me, pathOf),
  comments: () => ownComments(db, me),
  likes: () => likedPosts(db, me),
  bookmarks: () => bookmarkedPosts(db, me),
  collections: () => ownCollections(db, me),
  'muted-posts': () => mutedPosts(db, me),
  library: () => library(db, me),
  ...listsOf(db, me, { now, timeZone }),
})

async function* fileList(db: Reader, me: Account, pathOf: PathOf) {
  for await (const { uploadId, ...file } of ownFiles(db, me)) yield { ...file, path: pathOf(file.id) }
}

/** Writes a list as JSON while it is read, one row a line. */
async function* jsonOf(rows: AsyncIterable<object>, count: () => void): AsyncGenerator<string> {
  let isFirst = true
  yield '['
  for await (const row of rows) {
    count()
    yield `${isFirst ? '' : ','}\n${JSON.stringify(row)}`
    isFirst = false
  }
  yield '\n]\n'
}

type Summary = Pick<Parameters<typeof Index>[0], 'profile' | 'counts' | 'data'>

async function* pages(scene: Scene, me: Account, pathOf: PathOf, summary: Summary): AsyncGenerator<Entry> {
  const { db, now: lastModified, siteName, timeZone } = scene
  const sheet: Sheet = { t: translateInto(me.locale ?? me.mailLocale ?? 'en'), timeZone: me.timeZone ?? timeZone }
  const { t } = sheet
  const page = (title: string, items: () => AsyncIterable<string>) => pageOf(sheet, title, items)
  yield {
    name: 'posts.html',
    input: page(t('Posts'), async function* () {
      for await (const { publishedAt, ...post } of ownPosts(db, me, pathOf))
        yield `${<PostItem sheet={sheet} post={{ ...post, at: publishedAt }} />}`
    }),
    lastModified,
  }
  yield {
    name: 'comments.html',
    input: page(t('Comments'), async function* () {
      for await (const { text, createdAt: at, postId } of ownComments(db, me))
        yield `${<CommentItem sheet={sheet} text={text} at={at} postId={postId} />}`
    }),
    lastModified,
  }
  yield {
    name: 'library.html',
    input: page(t('Library'), async function* () {
      for await (const { postId: id, boughtAt: at, pricePaid: price, ...item } of library(db, me))
        yield `${<PostItem sheet={sheet} post={{ ...item, id, at, price }} />}`
    }),
    lastModified,
  }
  const index = <Index sheet={sheet} siteName={siteName} madeAt={lastModified} {...summary} />
  yield { name: 'index.html', input: `${beginOf(sheet, siteName)}${index}${END}`, lastModified }
}

async function* pageOf(sheet: Sheet, title: string, items: () => AsyncIterable<string>): AsyncGenerator<string> {
  yield `${beginOf(sheet, title)}${<BackToIndex {...sheet} />}`
  for await (const item of items()) yield item
  yield END
}
