import { expect, test } from 'bun:test'
import { chownSync, linkSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giveToOwnerOf, isRoot } from './owner'

/** A user who owns the data folder but nothing else. */
const SOMEBODY = 65_534

test.skipIf(!isRoot())('root gives files to the owner of the folder, but none that links of the owner lead to', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-owner-'))
  try {
    const [data, elsewhere] = [join(dir, 'data'), join(dir, 'elsewhere')]
    for (const folder of [data, elsewhere, join(data, 'native')]) mkdirSync(folder)
    for (const file of [join(elsewhere, 'secret'), join(elsewhere, 'other'), join(data, 'native', 'library')])
      writeFileSync(file, 'x')
    symlinkSync(elsewhere, join(data, 'link'))
    symlinkSync(elsewhere, join(data, 'native', 'link'))
    symlinkSync(join(elsewhere, 'secret'), join(data, 'native', 'secret'))
    linkSync(join(elsewhere, 'other'), join(data, 'native', 'other'))
    chownSync(data, SOMEBODY, SOMEBODY)
    giveToOwnerOf(data, join(data, 'native'), join(data, 'link'), join(data, 'missing'))
    const ownerOf = (...path: string[]) => statSync(join(dir, ...path)).uid
    expect([ownerOf('data/native'), ownerOf('data/native/library')]).toEqual([SOMEBODY, SOMEBODY])
    expect([ownerOf('elsewhere'), ownerOf('elsewhere/secret'), ownerOf('elsewhere/other')]).toEqual([0, 0, 0])
  } finally {
    rmSync(dir, { recursive: true })
  }
})
