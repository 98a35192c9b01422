import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askForPhotos, openControl } from './control'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('a command hears why the server cannot try pictures', async () => {
  const facts = { pid: 1, version: '', address: '', environment: {} }
  const full = new Error('ENOSPC: no space left on device')
  const control = openControl(dir, { facts, tryPhotos: () => Promise.reject(full) })
  await expect(askForPhotos(dir)).rejects.toThrow('no space left')
  control.stop()
})
