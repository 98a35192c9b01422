import { expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCommunity, pinhole } from '../../test/process'

test('a demo refuses a folder with a community or anything else, and leaves it as it is', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  try {
    await makeCommunity(join(dir, 'data'))
    await Bun.write(join(dir, 'photos/a.jpg'), 'x')
    for (const [folder, what] of [
      ['data', 'There is a community in'],
      ['photos', 'There is something (a.jpg) in'],
    ] as const) {
      const before = readdirSync(join(dir, folder)).sort()
      const { status, err } = await pinhole(['demo', '--data', join(dir, folder)])
      expect({ folder, status }).toEqual({ folder, status: 1 })
      expect(err).toContain(what)
      expect(readdirSync(join(dir, folder)).sort()).toEqual(before)
    }
    expect((await pinhole(['demo', '--data', join(dir, 'new'), '--lang', 'xx'])).status).toBe(2)
    const env = { PINHOLE_DATABASE_URL: 'postgres://localhost/x', PINHOLE_SECRET: 'a secret of at least 32 characters' }
    expect((await pinhole(['demo', '--data', join(dir, 'new')], { env })).err).toContain('in a data folder only')
  } finally {
    rmSync(dir, { recursive: true })
  }
})
