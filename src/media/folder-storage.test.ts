import { expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderStorage } from './folder-storage'
import type { StoredBytes, StoredFile } from './storage'

function scene(root = tmpdir()) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-storage-'))
  const other = mkdtempSync(join(root, 'pinhole-from-'))
  return {
    dir,
    storage: folderStorage(join(dir, 'media')),
    file(text: string) {
      const path = join(other, 'upload')
      writeFileSync(path, text)
      return path
    },
    [Symbol.dispose]() {
      for (const path of [dir, other]) rmSync(path, { recursive: true })
    },
  }
}

const textOf = async (stored: StoredBytes | null) => stored && (await new Response(stored.stream()).text())

test('a stored file is complete, and its source is gone', async () => {
  using s = scene()
  const from = s.file('first')
  await s.storage.put(7, 'original', from)
  expect(existsSync(from)).toBe(false)
  await s.storage.put(7, 'full/thumb.webp', s.file('thumb'))
  await s.storage.put(7, 'preview/blurred.webp', s.file('blurred'))
  await s.storage.put(7, 'original', s.file('second'))
  expect(await textOf(await s.storage.open(7, 'original'))).toBe('second')
  expect(await textOf(await s.storage.open(7, 'preview/blurred.webp'))).toBe('blurred')
  expect(readdirSync(join(s.dir, 'media/7')).sort()).toEqual(['full', 'original', 'preview'])
})

test.if(existsSync('/dev/shm'))('it may come from another disk', async () => {
  using s = scene('/dev/shm')
  const from = s.file('far')
  await s.storage.put(1, 'original', from)
  expect(await textOf(await s.storage.open(1, 'original'))).toBe('far')
  expect(existsSync(from)).toBe(false)
})

test('a missing file is null, and a failed put leaves nothing behind', async () => {
  using s = scene()
  expect(await s.storage.open(1, 'original')).toBeNull()
  await expect(s.storage.put(1, 'original', join(s.dir, 'nothing'))).rejects.toThrow('ENOENT')
  expect(await s.storage.open(1, 'original')).toBeNull()
  expect(readdirSync(join(s.dir, 'media/1'))).toEqual([])
})

test('list returns every complete file and no unfinished one; delete removes everything of a file', async () => {
  using s = scene()
  const list = async () =>
    (await Array.fromAsync(s.storage.list())).map(({ fileId, name, bytes }: StoredFile) => `${fileId} ${name} ${bytes}`)
  expect(await list()).toEqual([])
  await s.storage.put(1, 'original', s.file('12345'))
  await s.storage.put(1, 'full/feed.webp', s.file('123'))
  await s.storage.put(22, 'original', s.file(''))
  writeFileSync(join(s.dir, 'media/1/.part-left-by-a-crash'), 'x')
  expect((await list()).sort()).toEqual(['1 full/feed.webp 3', '1 original 5', '22 original 0'])
  await s.storage.delete(1)
  await s.storage.delete(1)
  expect(await list()).toEqual(['22 original 0'])
})

test('names cannot lead out of the folder', async () => {
  using s = scene()
  const from = s.file('x')
  const names = [
    '',
    '.',
    '..',
    '../1/original',
    '/etc/passwd',
    'full/../../2/original',
    'full/.hidden',
    'full/a/b.webp',
    'other/a.webp',
    'original\0',
    'full\\a.webp',
    'full/',
  ]
  for (const name of names) {
    await expect(s.storage.put(1, name, from)).rejects.toThrow('is not a valid storage name')
    await expect(s.storage.open(1, name)).rejects.toThrow('is not a valid storage name')
  }
  for (const id of [0, -1, 1.5, Number.NaN, '../1' as unknown as number]) {
    await expect(s.storage.put(id, 'original', from)).rejects.toThrow('is not a valid file id')
    await expect(s.storage.delete(id)).rejects.toThrow('is not a valid file id')
  }
})
