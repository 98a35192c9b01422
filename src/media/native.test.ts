import { expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checksumOf, unpack } from './native'

function scene() {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-native-'))
  const embedded = join(dir, 'embedded')
  writeFileSync(embedded, 'machine code')
  const library = (name: string) => ({
    name,
    entry: 'a/lib/a.node',
    files: {
      'a/lib/a.node': { embedded, checksum: checksumOf(embedded)! },
      'b/lib/b.so': { embedded, checksum: checksumOf(embedded)! },
    },
  })
  return { dir: join(dir, 'native'), library, [Symbol.dispose]: () => rmSync(dir, { recursive: true }) }
}

test('files are unpacked once into the folders that libraries expect, and the next start finds them', () => {
  using s = scene()
  const folder = unpack(s.library('one'), s.dir)
  const path = join(folder, 'a/lib/a.node')
  expect(readFileSync(path, 'utf8')).toBe('machine code')
  const library = s.library('one')
  for (const file of Object.values(library.files)) file.embedded = '/nowhere'
  expect(unpack(library, s.dir)).toBe(folder)
})

test('an incomplete file is replaced, and an older version is removed', () => {
  using s = scene()
  unpack(s.library('one'), s.dir)
  const folder = unpack(s.library('two'), s.dir)
  expect(readdirSync(s.dir)).toEqual(['two'])
  writeFileSync(join(folder, 'b/lib/b.so'), 'machi')
  unpack(s.library('two'), s.dir)
  expect(readFileSync(join(folder, 'b/lib/b.so'), 'utf8')).toBe('machine code')
  expect(readdirSync(join(folder, 'b/lib'))).toEqual(['b.so'])
})
