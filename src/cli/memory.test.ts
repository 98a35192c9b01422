import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { isKnownSystem } from '../media/walls/libc'
import { codeIn, shrink } from './memory'

const area = (
  range: string,
  rights: string,
  path: string,
  changed = 0,
) => `${range} ${rights} 00001000 fe:00 42${' '.repeat(20)}${path}
Size:                 16 kB
Rss:                  16 kB
Anonymous:            ${changed} kB
VmFlags: rd ex mr mw me
`

test('only unchanged code of the program itself is found', () => {
  const smaps = [
    area('00200000-00204000', 'r--p', '/opt/pinhole'),
    area('01a40000-01a44000', 'r-xp', '/opt/pinhole'),
    area('01b40000-01b44000', 'r-xp', '/opt/pinhole', 4),
    area('06840000-06844000', 'rw-p', '/opt/pinhole'),
    area('7f0000000000-7f0000004000', 'r-xp', '/usr/lib/libc.so.6'),
    area('7f0000008000-7f000000c000', 'rwxp', ''),
  ].join('')
  expect(codeIn(smaps, '/opt/pinhole')).toEqual([{ start: 0x1a40000, bytes: 0x4000 }])
})

const fileKb = () => Number(/^RssFile:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))![1])

test.skipIf(!isKnownSystem)('a process holds less memory after it has shrunk, and goes on', () => {
  const before = fileKb()
  shrink()
  expect(before - fileKb()).toBeGreaterThan(8 * 1024)
  expect(JSON.parse('{"a":[1,2]}')).toEqual({ a: [1, 2] })
})

test('a process goes on where the system does not tell what it holds', () => {
  expect(() => shrink('/proc/self/nothing')).not.toThrow()
})
