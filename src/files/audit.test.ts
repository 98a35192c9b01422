import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'
import { auditFiles } from './audit'
import { deleteOwnFile } from './model'

test('a file deleted during the audit is not reported as missing', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const [kept, deleted] = [await t.photo(ann), await t.photo(ann)]
  const { storage, arrivals, write, db, now } = t.app
  const busy: typeof storage = {
    ...storage,
    async open(id, name) {
      if (id === deleted) await write((tx) => deleteOwnFile(tx, ann, id, now()))
      if (id === deleted) await storage.delete(id)
      return storage.open(id, name)
    },
  }
  expect(await auditFiles(db, { storage: busy, arrivals })).toEqual({ files: 2, faults: [] })
  await storage.delete(kept)
  const { files, faults } = await auditFiles(db, { storage, arrivals })
  expect([files, faults.length, faults[0]]).toEqual([1, 5, `file ${kept}: original is missing`])
})
