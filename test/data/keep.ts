import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { TestApp } from '../harness'

/** Keeps the data folder of a community, with its database in one file, as that of a version, and ends the community. */
export async function keep(t: TestApp, to: string): Promise<void> {
  await t.app.mediaWorker.stop()
  const packed = join(t.dir, 'packed.sqlite')
  using books = t.openDatabase()
  books.run('vacuum into ?', [packed])
  cpSync(t.dir, to, {
    recursive: true,
    filter: (path) => !/packed\.sqlite$|before-updates|sqlite-(wal|shm)$|\.lock$/.test(path),
  })
  cpSync(packed, join(to, 'pinhole.sqlite'))
  t[Symbol.dispose]()
}
