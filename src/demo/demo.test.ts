import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { type TestApp, testApp } from '../../test/harness'
import { auditLedger } from '../coins/audit'
import { auditFiles } from '../files/audit'
import { demoClock, makeDemo, picturesOfDemo } from './make'
import { aviOf } from './paint/avi'
import { clips } from './paint/clips'
import { isClip, isScene } from './paint/film'
import { scenes } from './paint/scenes'
import { posts } from './posts'

const password = 'nightly lanterns'
let dir: string
let t: TestApp
let alone: number

/** A small picture of one colour, and a film of three of them. */
async function painted(name: string): Promise<string> {
  const shade = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 200
  const still = (red: number) =>
    sharp({ create: { width: 48, height: 36, channels: 3, background: { r: red, g: 90, b: 140 } } })
      .jpeg()
      .toBuffer()
  const path = join(dir, `${name}.${isClip(name) ? 'avi' : 'jpg'}`)
  const frames = async () => Promise.all([0, 20, 40].map((more) => still(shade + more)))
  await Bun.write(path, isClip(name) ? aviOf(await frames(), { width: 48, height: 36, rate: 15 }) : await still(shade))
  return path
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-demo-'))
  t = await testApp()
  const clock = demoClock(50)
  await makeDemo({ ...t.app, now: clock.now }, { clock, locale: 'ko', password, painted })
  alone = +clock.now()
})
afterAll(() => {
  t[Symbol.dispose]()
  rmSync(dir, { recursive: true })
})

const signIn = async (handle: string) => (await t.api(null, 'POST /sessions', { handle, password })).body

test('the people of a demo have posted everything, liked and commented, and nothing lies in the future', async () => {
  t.pass(Date.now() - +t.app.now() + 1000)
  const mina = await signIn('mina')
  const { body } = await t.api(mina, 'GET /posts?limit=100')
  expect(body.items).toHaveLength(posts.length)
  expect(body.items[0]).toMatchObject({
    author: { handle: 'mina', displayName: '박미나' },
    status: 'published',
  })
  expect(alone).toBeLessThanOrEqual(Date.now())
  expect((await t.api(mina, 'GET /collections')).body.items).toHaveLength(2)
  expect((await t.api(mina, 'GET /library')).body.items).toHaveLength(2)
})

test('the people of a Korean demo see the time of Korea', async () => {
  const { body } = await t.api(await signIn('noa'), 'GET /admin/settings')
  expect([body.locale, body.timeZone]).toEqual(['ko', 'Asia/Seoul'])
})

test('the ledger and the files of a demo pass the audit', async () => {
  expect((await auditLedger(t.app.db)).faults).toEqual([])
  expect((await auditFiles(t.app.db, t.app)).faults).toEqual([])
})

test('every picture that the demo shows can be painted', () => {
  expect(picturesOfDemo().filter((name) => !isScene(name) && !isClip(name))).toEqual([])
})

/** How much the brightness of a picture varies, and how much from one dot to the next. */
function variety(light: Float32Array) {
  const values = Array.from({ length: light.length / 3 }, (_, i) => Math.min(1, light[i * 3 + 1]!))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  const next = values.slice(1).reduce((sum, value, i) => sum + Math.abs(value - values[i]!), 0) / values.length
  return { spread, next }
}

test('the pictures are neither of one colour nor noise', () => {
  const size = { width: 60, height: 60 }
  const some = Object.entries(scenes).filter(([, { size }]) => size.width < 1300 || size.height === 1250)
  const few = some.filter(([name]) => !/Tall|autumn|aurora|stars|dune/.test(name)) // all landscapes are of one making
  for (const [name, { paint }] of [...few, ['dune', scenes.dune] as const]) {
    const { spread, next } = variety(paint(size).light)
    expect({ name, isFlat: spread < 0.01, isNoise: next > spread * 1.2 }).toEqual({
      name,
      isFlat: false,
      isNoise: false,
    })
  }
  const frames = [0, 1].map((seconds) => clips.tide.paint(size, seconds).light)
  expect(frames[0]).not.toEqual(frames[1]!)
}, 60_000)
