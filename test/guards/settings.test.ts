import { expect, test } from 'bun:test'
import { defaults } from '../../shapes/settings'
import { testApp } from '../harness'

const root = new URL('../../', import.meta.url).pathname

/** Settings without a field on the page, and where they are changed instead. */
const ELSEWHERE: Record<string, string> = {
  mark: 'By uploading a picture in a form of its own, above the settings.',
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

/** The names in backticks at the beginning of the rows of a table. */
const namesIn = (docs: string, row: RegExp, name: RegExp) =>
  [...docs.matchAll(row)].flatMap(([, cell = '']) => [...cell.matchAll(name)].map(([, found]) => found!)).sort()
const docsOf = (path: string) => Bun.file(`${root}docs/${path}`).text()

for (const path of ['running.md', 'ko/running.md'])
  test(`every variable that the program reads has a line in docs/${path}, and no other has one`, async () => {
    const config = await Bun.file(`${root}src/config-schema.ts`).text()
    const read = [...config.matchAll(/^ {2}(PINHOLE_\w+):/gm)].map(([, name]) => name!)
    expect(read.length).toBeGreaterThan(20)
    expect(namesIn(await docsOf(path), /^\| (`PINHOLE_.*?) \|/gm, /`(PINHOLE_\w+)`/g)).toEqual(read.sort())
  })

test('the Korean page about running describes the commands and has the sections of the English one', async () => {
  const pages = await Promise.all(['running.md', 'ko/running.md'].map(docsOf))
  const [english, korean] = pages.map((text) => ({
    commands: namesIn(text, /^\| (`pinhole.*?) \|/gm, /`(pinhole[^`]*)`/g),
    sections: [...text.matchAll(/^## /gm)].length,
  }))
  expect(english!.commands.length).toBeGreaterThan(20)
  expect(korean).toEqual(english!)
})
