import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { migrations } from '../../migrations'
import { inspectDatabase } from '../../src/db/snapshot'
import { testApp } from '../harness'
import { expectCommunity, oldFolders } from './expected'

/** The versions that were released before the current one. */
const RELEASED = ['0001', '0002', '0010', '0011', '0018', '0041', '0045', '0046', '0047', '0048']

test('there is a data folder of every released version and of the newest one', () => {
  expect(oldFolders).toEqual([...RELEASED, migrations.at(-1)![0].slice(0, 4)])
})

for (const folder of oldFolders)
  test(`a community of version ${folder} works after the migration`, async () => {
    using t = await testApp({}, join(import.meta.dir, folder))
    const { broken, orphans, missingMigrations, unknownMigrations } = inspectDatabase(join(t.dir, 'pinhole.sqlite'))
    expect({ broken, orphans, missingMigrations, unknownMigrations }).toEqual({
      broken: [],
      orphans: 0,
      missingMigrations: [],
      unknownMigrations: [],
    })
    expect(migrations.some(([name]) => name.startsWith(folder))).toBe(true)
    await expectCommunity(t, folder)
  })
