import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockFolder, lookUpOwner } from './lock'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('only one server can use a data folder, and the error names the process that holds it', () => {
  expect(lookUpOwner(dir)).toBeUndefined()
  const lock = lockFolder(dir, 7)
  expect(() => lockFolder(dir, 8)).toThrow('in use by process 7. Stop')
  lock.listensAt('http://localhost:1')
  expect(() => lockFolder(dir, 8)).toThrow('in use by process 7 at http://localhost:1. Stop')
  expect(lookUpOwner(dir)).toEqual({ pid: 7, address: 'http://localhost:1' })
  lock.release()
  expect(lookUpOwner(dir)).toBeUndefined()
  lockFolder(dir, 8).release()
})

test('killing the server with kill -9 releases the data folder', async () => {
  const script = `import { lockFolder } from ${JSON.stringify(join(import.meta.dir, 'lock.ts'))}
    globalThis.lock = lockFolder(${JSON.stringify(dir)})
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = Bun.spawn([process.execPath, '-e', script])
  await child.stdout.getReader().read()
  expect(() => lockFolder(dir)).toThrow(`in use by process ${child.pid}`)
  child.kill('SIGKILL')
  await child.exited
  expect(lookUpOwner(dir)).toBeUndefined()
  lockFolder(dir).release()
})
