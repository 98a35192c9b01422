import { expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { icons } from './icons'

test('the folder of icons holds exactly the icons that pages can use', () => {
  const names = readdirSync('views/parts/lucide').filter((name) => name.endsWith('.svg'))
  expect(names.map((name) => name.replace('.svg', '')).sort()).toEqual(Object.keys(icons).sort())
})
