import { expect, test } from 'bun:test'
import { defaults } from '../../shapes/settings'
import { testApp } from '../harness'

const root = new URL('../../', import.meta.url).pathname

/** Settings without a field on the page, and where they are changed instead. */
const ELSEWHERE: Record<string, string> = {
  packs: 'On a page of their own, /admin/packs, where each pack is added and removed by itself.',
}

test('every setting has a field on the page Settings, or is changed elsewhere', async () => {
  using t = await testApp()
  const page = await t.request('/admin/settings', { browser: await t.user('boss', { role: 'admin' }) })
  const fields = new Set([...(await page.text()).matchAll(/ name="([\w.]+)"/g)].map(([, name]) => name))
  const { limits, bank, ...others } = defaults
  const inGroups = Object.entries({ limits, bank }).flatMap(([group, of]) =>
    Object.keys(of).map((name) => `${group}.${name}`),
  )
  const settings = [...Object.keys(others), ...inGroups]
  expect(settings.length).toBeGreaterThan(20)
  expect(settings.filter((name) => !fields.has(name))).toEqual(Object.keys(ELSEWHERE))
})

test('every variable that the program reads has a line in docs/running.md, and no other has one', async () => {
  const config = await Bun.file(`${root}src/config.ts`).text()
  const docs = await Bun.file(`${root}docs/running.md`).text()
  const read = [...config.matchAll(/^ {2}(PINHOLE_\w+):/gm)].map(([, name]) => name)
  const documented = [...docs.matchAll(/^\| (`PINHOLE_.*?) \|/gm)].flatMap(([, names = '']) => [
    ...names.matchAll(/`(PINHOLE_\w+)`/g),
  ])
  expect(read.length).toBeGreaterThan(20)
  expect(documented.map(([, name]) => name).sort()).toEqual(read.sort())
})
