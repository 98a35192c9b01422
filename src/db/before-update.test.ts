import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from './open'

test('a database is copied before an update, three copies are kept, and a failed update changes nothing', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  const path = join(dir, 'pinhole.sqlite')
  const db = new Database(path)
  const steps: [string, string][] = [['0001', 'create table a (x); insert into a values (1)']]
  const copies = () => readdirSync(join(dir, 'before-updates')).sort()
  try {
    migrate(db, true, path, steps)
    expect(readdirSync(dir)).toEqual(['pinhole.sqlite']) // nothing to copy in a new one
    for (const name of ['0002', '0003', '0004', '0005']) {
      steps.push([name, `create table t${name} (x)`])
      migrate(db, true, path, steps)
    }
    expect(copies().map((name) => name.replace(/^.*-before-/, ''))).toEqual([
      '0003.sqlite',
      '0004.sqlite',
      '0005.sqlite',
    ])
    using copy = new Database(join(dir, 'before-updates', copies()[2]!))
    expect(copy.query('select max(name) as last from migrations').get()).toEqual({ last: '0004' })
    steps.push(['0006', 'create table later (x)'], ['0007', 'this is no sql'])
    const failure = () => {
      try {
        migrate(db, true, path, steps)
      } catch (error) {
        return (error as Error).message
      }
    }
    const said = failure()
    const copied = join(dir, 'before-updates', copies().at(-1)!)
    expect(said).toContain('It failed at 0007: near "this": syntax error')
    expect(said).toContain('the data is as it was before')
    expect(said).toContain('Start that version again')
    expect(said).toContain(`${copied}. It is needed only if`)
    expect(failure()).toContain('It failed at 0007')
    // a start that fails again and again replaces its own copy only
    expect(copies().map((name) => name.replace(/^.*-before-/, ''))).toEqual([
      '0004.sqlite',
      '0005.sqlite',
      '0006.sqlite',
    ])
    expect(db.query("select count(*) as n from sqlite_master where name = 'later'").get()).toEqual({ n: 0 })
    expect(db.query('select x from a').get()).toEqual({ x: 1 })
  } finally {
    db.close()
    rmSync(dir, { recursive: true })
  }
})
