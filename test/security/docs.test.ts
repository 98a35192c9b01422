import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dir, '../..')

test('docs/security.md refers to tests that exist and lists every unmet requirement by number', async () => {
  const text = await Bun.file(join(root, 'docs/security.md')).text()
  const named = new Set([...text.matchAll(/`((?:src|test|scripts)\/[\w./-]+)`/g)].map(([, path]) => path!))
  expect(named.size).toBeGreaterThan(30)
  expect([...named].filter((path) => !existsSync(join(root, path)))).toEqual([])
  const [, open = '', walk = ''] = /## What is not met([\s\S]*?)## OWASP([\s\S]*)/.exec(text) ?? []
  const unmet = [...walk.matchAll(/^\| ([^|]*✗[^|]*)/gm)].map(([, cell]) =>
    /[\d.]+(?= ✗)|^[\d.]+/.exec(cell!)![0].replace(/\.$/, ''),
  )
  const marked = walk.split('\n').filter((line) => /^\| [^|]*✗/.test(line))
  expect(marked.length).toBeGreaterThan(0)
  expect(unmet).toHaveLength(marked.length)
  expect(unmet.filter((number) => !open.includes(number))).toEqual([])
})
