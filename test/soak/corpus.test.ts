import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeClips } from '../clips'
import { photo, tellTale } from '../photos'
import { differences, soakCorpus } from './corpus'

test('a folder of files is put through, and what differs from other readers is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pinhole-folder-'))
  try {
    await Bun.write(join(folder, 'plain.png'), await photo().png().toBuffer())
    await Bun.write(join(folder, 'below/turned.jpg'), await photo({ orientation: 6 }).jpeg().toBuffer())
    await Bun.write(join(folder, 'chatty.jpg'), await tellTale().jpeg().toBuffer())
    await Bun.write(join(folder, 'clip.mp4'), Bun.file((await makeClips(['phone.mp4']))('phone.mp4')))
    await Bun.write(join(folder, 'notes.txt'), 'no photo')
    await Bun.write(join(folder, 'cut.jpg'), (await photo().jpeg().toBuffer()).subarray(0, 400))
    const told: string[] = []
    const { files, ready, refused, crashes } = await soakCorpus({ folder, tell: (line) => told.push(line) })
    expect([files, ready, refused, crashes]).toEqual([6, 4, { unsupported: 1, unreadable: 1 }, 0])
    expect(told.filter((line) => !line.includes('refused'))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a difference in size, length, sound or colour is told, and unknown things are not', () => {
  const original = { width: 80, height: 120, seconds: 10, sound: true, colour: Array(192).fill(100) }
  const made = { width: 120, height: 80, seconds: 8, sound: false, colour: Array(192).fill(150) }
  expect(differences(original, original)).toEqual([])
  expect(differences({}, made)).toEqual([])
  expect(differences(original, made)).toEqual([
    '120 × 80 instead of 80 × 120',
    '8 instead of 10 seconds',
    'the sound is missing',
    'the colours differ by 50.0',
  ])
})
