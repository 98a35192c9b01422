import { expect, test } from 'bun:test'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { auditLedger } from '../../src/coins/audit'
import { openDatabase } from '../../src/db/database'
import { copyToPostgres, copyToSqlite } from '../../src/db/postgres/copy'
import { expectCommunity, oldFolders } from '../data/expected'
import { testApp } from '../harness'
import { partOf } from '../part'
import { dropDatabase, emptyDatabase } from './databases'

for (const folder of partOf(oldFolders, 3))
  test(`a community of version ${folder} moves to PostgreSQL and back, and works there as before`, async () => {
    const url = await emptyDatabase()
    const dir = mkdtempSync(join(tmpdir(), 'pinhole-old-'))
    try {
      cpSync(join(import.meta.dir, '../data', folder), dir, { recursive: true })
      const there = await copyToPostgres(join(dir, 'pinhole.sqlite'), url)
      mkdirSync(join(dir, 'back'))
      expect(await copyToSqlite(url, join(dir, 'back/pinhole.sqlite'))).toEqual(there)
      const copy = await openDatabase({ dataDir: join(dir, 'back'), databaseUrl: undefined })
      expect((await auditLedger(copy.db)).faults).toEqual([])
      copy.close()
      using t = await testApp({}, dir, url)
      await expectCommunity(t, folder)
    } finally {
      rmSync(dir, { recursive: true })
      await dropDatabase(url)
    }
  })
