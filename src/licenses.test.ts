import { expect, test } from 'bun:test'
import { dependencies } from '../package.json'
import { licensesText } from './licenses'

test('everything we are made of is named with its version, and the long texts are there', async () => {
  const text = await licensesText()
  for (const [name, version] of Object.entries(dependencies)) expect(text).toContain(`  ${name} ${version} `)
  for (const part of [
    'SQLite',
    'JavaScriptCore',
    '@img/sharp-libvips-',
    'librsvg',
    'GNU AFFERO GENERAL PUBLIC LICENSE',
    'GNU LESSER GENERAL PUBLIC LICENSE',
  ])
    expect(text).toContain(part)
})
