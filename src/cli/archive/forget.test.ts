import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import { openStore, type Store } from '../../db/open'
import { copyDatabase } from '../../db/snapshot'
import { createFile, deleteFile, detachFiles } from '../../files/model'
import { markReady } from '../../files/processed'
import { files } from '../../files/table'
import type { Person } from '../../ports/people'
import { deletePost } from '../../posts/delete'
import { createPost } from '../../posts/publish'
import { posts } from '../../posts/table'
import { changeAccount } from '../../users/account'
import { createUser, findAccount } from '../../users/model'
import { forget, isDeleted } from './forget'

const now = new Date()
const ready = { width: 1, height: 1, duration: null, placeholder: null, sha256: null, renditions: {} }
let dir: string
let live: Store
let copy: Store
let ann: Person
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  live = openStore(join(dir, 'live'))
  ann = await live.write((tx) => createUser(tx, { handle: 'ann', passwordHash: '' }, now))
})

afterEach(() => {
  live.close()
  copy.close()
  rmSync(dir, { recursive: true })
})

function takeCopy() {
  copyDatabase(join(dir, 'live'), join(dir, 'copy'))
  copy = openStore(join(dir, 'copy'))
}

async function addFile(): Promise<number> {
  const draft = { uploadId: null, name: '', type: 'image/jpeg', kind: 'image' as const, bytes: 10 }
  const { id } = await live.write((tx) => createFile(tx, ann, draft, 1e9, now))
  await live.write((tx) => markReady(tx, id, ready))
  return id
}

const addPost = (fileIds: number[]) =>
  live.write((tx) =>
    createPost(
      tx,
      ann,
      {
        caption: 'hi',
        price: 0,
        visibility: 'everyone',
        sensitive: false,
        adultsOnly: false,
        publishAt: null,
        fileIds,
      },
      { now, crowd: 1000 },
    ),
  )
const alivePosts = (store: Store) => store.db.$count(posts, isNull(posts.deletedAt))
const aliveFiles = (store: Store) => store.db.$count(files, isNull(files.deletedAt))

test('a post that was deleted meanwhile is removed from the copy with its files and its count', async () => {
  const fileIds = [await addFile(), await addFile()]
  const post = await addPost(fileIds)
  const other = await addPost([await addFile()])
  takeCopy()
  await live.write((tx) => deletePost(tx, ann, post, now))
  expect([await isDeleted(live.db, fileIds[0]!), await isDeleted(live.db, 3)]).toEqual([true, false])
  for (const id of fileIds) await copy.write((tx) => forget(tx, live.db, id, now))
  expect([await alivePosts(copy), await aliveFiles(copy)]).toEqual([1, 1])
  expect(await findAccount(copy.db, ann.id)).toMatchObject({ posts: 1, storageUsed: 10 })
  expect(await copy.db.select({ id: posts.id }).from(posts).where(isNull(posts.deletedAt))).toEqual([{ id: other }])
})

test('a file that was removed from its post leaves the rest of the post', async () => {
  const [kept, gone] = [await addFile(), await addFile()]
  const post = await addPost([kept, gone])
  takeCopy()
  await live.write(async (tx) => {
    await detachFiles(tx, [gone], now)
    await deleteFile(tx, gone, now)
  })
  await copy.write((tx) => forget(tx, live.db, gone, now))
  expect(
    await copy.db
      .select({ id: files.id })
      .from(files)
      .where(and(eq(files.postId, post), isNull(files.deletedAt))),
  ).toEqual([{ id: kept }])
  expect(await alivePosts(copy)).toBe(1)
})

test('a deleted file is no longer the picture of anybody', async () => {
  const [before, after] = [await addFile(), await addFile()]
  await live.write((tx) => changeAccount(tx, ann, { avatarFileId: before }, now))
  takeCopy()
  await live.write((tx) => changeAccount(tx, ann, { avatarFileId: after }, now))
  expect(await isDeleted(live.db, before)).toBe(true)
  await copy.write((tx) => forget(tx, live.db, before, now))
  expect((await findAccount(copy.db, ann.id)).avatarFileId).toBeNull()
  expect(await aliveFiles(copy)).toBe(1)
})
