import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { refuseUnfit } from '../../src/db/postgres/migrate'
import { openPostgres } from '../../src/db/postgres/open'
import { pinhole } from '../process'
import { emptyDatabase, postgresEnv } from './databases'
import { startPostgres } from './server'

const opened = async (url: string) => (await openPostgres(url)).close()

test.skipIf(!Bun.which('openssl'))('a connection can be encrypted, and an unknown certificate is refused', async () => {
  await using server = await startPostgres({ hasTls: true })
  const known = `${server.url()}?sslrootcert=${server.certificate}`
  for (const mode of ['verify-full', 'require']) await opened(`${known}&sslmode=${mode}`)
  await expect(opened(`${server.url()}?sslmode=require`)).rejects.toThrow('does not answer at the moment: self')
  const store = await openPostgres(`${known}&sslmode=verify-full`)
  const client = new Client(server.url())
  await client.connect()
  const { rows } = await client.query(`select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid)
    where application_name like 'pinhole%'`)
  expect(rows).toEqual([{ ssl: true }])
  await client.end()
  store.close()
})

test('a database that is not in UTF-8 and a server that is too old are refused in words that say what to do', async () => {
  const url = new URL(await emptyDatabase())
  const client = new Client(url.href)
  await client.connect()
  const name = `latin_${crypto.randomUUID().replaceAll('-', '')}`
  await client.query(`create database ${name} template template0 encoding 'LATIN1' locale 'C'`)
  await client.end()
  url.pathname = name
  await expect(opened(url.href)).rejects.toThrow('stores text as LATIN1. Pinhole needs a database in UTF-8: create one')
  const old = { query: async () => ({ rows: [{ server_version: '15.4', server_version_num: '150004' }] }) }
  expect(refuseUnfit(old as never)).rejects.toThrow('This is PostgreSQL 15.4. Pinhole needs PostgreSQL 16 or newer.')
})

test('a command and a server name the reason why they cannot reach the database', async () => {
  const nobody = postgresEnv('postgres://pinhole@127.0.0.1:1/community')
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  const { status, err } = await pinhole(['serve', '0', '--data', dir], { env: nobody })
  rmSync(dir, { recursive: true })
  expect([status, err]).toEqual([1, expect.stringContaining('The database does not answer at the moment: ')])
  expect(err).toContain('127.0.0.1:1')
  const lost = postgresEnv(Object.assign(new URL(await emptyDatabase()), { pathname: '/elsewhere' }).href)
  expect(await pinhole(['audit'], { env: lost })).toMatchObject({
    status: 1,
    err: expect.stringContaining('database "elsewhere" does not exist'),
  })
})
