import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockedBy, lockFolder } from './lock'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('a data folder has one server, and the second is told which', () => {
  const lock = lockFolder(dir, 'process 7')
  lock.name('process 7 at http://localhost:1')
  expect(() => lockFolder(dir, 'process 8')).toThrow('in use by process 7 at http://localhost:1.')
  expect(lockedBy(dir)).toContain('process 7')
  lock.release()
  expect(lockedBy(dir)).toBeUndefined()
  lockFolder(dir, 'process 8').release()
})

test('kill -9 lets go of the folder', async () => {
  const script = `import { lockFolder } from ${JSON.stringify(join(import.meta.dir, 'lock.ts'))}
    globalThis.lock = lockFolder(${JSON.stringify(dir)}, 'process 9')
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = Bun.spawn([process.execPath, '-e', script])
  await child.stdout.getReader().read()
  expect(() => lockFolder(dir, 'me')).toThrow('in use by process 9')
  child.kill('SIGKILL')
  await child.exited
  lockFolder(dir, 'me').release()
})
