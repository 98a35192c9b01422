import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { blocks, unitOf } from '../acceptance/documented'

const root = join(import.meta.dir, '../..')
const HEADING = 'From a bare server to the first photo'
const read = (path: string) => Bun.file(join(root, path)).text()
const commands = blocks(HEADING, 'sh')
  .join('')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))

test('the documents say how many commands and files the first photo takes, and count right', async () => {
  const said = /It takes (\d+) commands and (\d+) files/.exec(await read('docs/running.md'))
  expect(said?.slice(1).map(Number)).toEqual([commands.length, 2])
  expect(await read('README.md')).toMatch(new RegExp(`it takes ${commands.length} commands\\s+and 2 files`))
  const korean = await read('docs/ko/running.md')
  expect(korean).toContain(`명령 ${commands.length}개와 파일 2개`)
  for (const command of commands) expect([command, korean.includes(`${command}\n`)]).toEqual([command, true])
})

test('what the commands on the way to the first photo name is there', async () => {
  const { scripts } = JSON.parse(await read('package.json'))
  for (const command of commands) {
    const [, script] = /^npm run (\S+)/.exec(command) ?? []
    if (script) expect(scripts).toHaveProperty(script)
  }
  expect(existsSync(join(root, 'package-lock.json'))).toBe(true) // npm ci needs it
  const [, built, target = ''] = commands.map((line) => /^scp (\S+) \S+:(\S+)$/.exec(line)).find(Boolean) ?? []
  expect(built).toBe('dist/pinhole')
  expect(unitOf('As a service').directives.get('ExecStart')).toBe(target)
  const tls = blocks('The address: a proxy, or a certificate of its own', 'ini').join('')
  expect(tls).toContain(`ExecStart=${target} --tls auto`)
})
