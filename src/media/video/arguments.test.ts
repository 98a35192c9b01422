import { expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canToneMap, nativeArgs, nativeEngine, progressReader, whatIsMissing } from '../ffmpeg/native'
import { conversionTimeoutMs } from '../limits'
import { canKeep, convertArgs, cutArgs, fitted, frameArgs, keepArgs } from './arguments'
import { complaint } from './failure'
import { type Probed, understand } from './probe'

const stream = {
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  width: 1920,
  height: 1080,
  pix_fmt: 'yuv420p',
  avg_frame_rate: '30/1',
}
const sound = { index: 2, codec_type: 'audio', codec_name: 'aac', channels: 2, sample_rate: '44100' }
const format = { format_name: 'mov,mp4,m4a,3gp,3g2,mj2', duration: '10.5', bit_rate: '5000000' }
const found = (video: object = {}, more: object = {}, audio: object | null = sound): Probed =>
  understand({
    format: { ...format, ...more },
    streams: [{ ...stream, ...video }, { index: 1, codec_type: 'data' }, ...(audio ? [{ ...sound, ...audio }] : [])],
  })
const native = { name: 'native', threads: 0 } as const
const after = (args: string[], option: string) => args[args.indexOf(option) + 1]

test('a picture that every browser can play is kept, in either orientation', () => {
  const kept: [object, object?][] = [
    [{}],
    [{ width: 1080, height: 1920 }],
    [{}, { format_name: 'matroska,webm' }],
    [{ side_data_list: [{ rotation: -90 }] }],
  ]
  for (const [video, more] of kept) expect([video, canKeep(found(video, more))]).toEqual([video, true])
})

test('each of these reasons makes a picture be converted', () => {
  const anew: [object, object?][] = [
    [{ codec_name: 'hevc' }],
    [{ pix_fmt: 'yuv420p10le' }],
    [{ pix_fmt: 'yuvj422p' }],
    [{ width: 2560, height: 1440 }],
    [{ width: 1440, height: 1440 }],
    [{ width: 641, height: 480 }],
    [{ avg_frame_rate: '120/1' }],
    [{ avg_frame_rate: '0/0' }],
    [{ field_order: 'tt' }],
    [{ sample_aspect_ratio: '4:3' }],
    [{ color_transfer: 'arib-std-b67' }],
    [{ color_primaries: 'bt2020' }],
    [{}, { bit_rate: '9000000' }],
    [{}, { bit_rate: undefined }],
    [{}, { format_name: 'avi' }],
  ]
  for (const [video, more] of anew) expect([video, more, canKeep(found(video, more))]).toEqual([video, more, false])
})

test('sizes fit into 1080p in either orientation, are even and are never enlarged', () => {
  const sizes = [
    [3840, 2160],
    [2160, 3840],
    [4000, 1000],
    [1440, 1440],
    [641, 481],
    [320, 240],
    [1, 1],
  ] as const
  const fits = sizes.map(([width, height]) => Object.values(fitted({ width, height })))
  expect(fits).toEqual([
    [1920, 1080],
    [1080, 1920],
    [1920, 480],
    [1080, 1080],
    [640, 480],
    [320, 240],
    [2, 2],
  ])
})

test('both engines open only the named files', () => {
  const part = { first: 0, from: 0, until: 30, rate: 1, seconds: 1, gap: 0 }
  const picture = { perSecond: 30, lead: 0, parts: [part, part] }
  const cut = cutArgs(native, found(), { picture, sound: picture, seconds: 2 })
  expect(cut.filter((arg) => arg === '-i').length).toBe(cut.filter((arg) => arg === '-format_whitelist').length)
  for (const args of [keepArgs(found()), convertArgs(native, found()), frameArgs(1, { width: 2, height: 2 }), cut]) {
    expect(args.indexOf('-format_whitelist')).toBeLessThan(args.indexOf('-i'))
    expect(after(args, '-format_whitelist')).not.toMatch(/hls|concat|dash|image2|lavfi/)
    expect(after(args, '-protocol_whitelist')).toBe('file')
    const command = nativeArgs({ program: 'ffmpeg', args, input: '/in/-a:b', output: '/out/x.mp4' })
    expect([after(command, '-i'), command.at(-1)]).toEqual(['file:/in/-a:b', 'file:/out/x.mp4'])
    expect(command).toContain('-nostdin')
  }
})

test('the frame rate is that of the video, at most 60, and ignores clock ticks', () => {
  const rates: [object, string][] = [
    [{ avg_frame_rate: '30000/1001', r_frame_rate: '30000/1001' }, 'fps=29.97'],
    [{ avg_frame_rate: '240/1', r_frame_rate: '240/1' }, 'fps=60'],
    [{ avg_frame_rate: '29/1', r_frame_rate: '90000/1' }, 'fps=29'],
    [{ avg_frame_rate: '12/1', r_frame_rate: '30/1' }, 'fps=30'],
    [{ avg_frame_rate: '0/0', r_frame_rate: '90000/1' }, 'fps=60'],
  ]
  for (const [video, filter] of rates) expect(after(convertArgs(native, found(video)), '-vf')).toContain(`${filter},`)
})

test('light and colours are reduced only when ordinary screens cannot show them', () => {
  const filters = (video: object) => after(convertArgs(native, found(video)), '-vf')
  expect(filters({})).toBe('fps=30,scale=1920:1080,setsar=1,format=yuv420p')
  expect(filters({ color_transfer: 'smpte2084' })).toContain('tonemap')
  expect(filters({ color_primaries: 'bt2020' })).toMatch(/setsar=1,zscale=primaries=bt709[^,]*,format=yuv420p$/)
  expect(filters({ field_order: 'bb' })).toStartWith('yadif')
})

test('sound has at most two channels and 48 kHz, and may be missing', () => {
  const surround = keepArgs(found({}, {}, { channels: 6, sample_rate: '96000' }))
  expect([after(surround, '-ac'), after(surround, '-ar'), after(surround, '-c:v')]).toEqual(['2', '48000', 'copy'])
  expect(keepArgs(found())).not.toContain('-ar')
  expect(convertArgs(native, found({}, {}, null))).not.toContain('-c:a')
})

test('the size after rotation with square pixels is read from both formats of ffprobe', () => {
  const size = (video: object) => [found(video).picture.width, found(video).picture.height]
  expect(size({ side_data_list: [{}, { rotation: -90 }] })).toEqual([1080, 1920])
  expect(size({ tags: { rotate: '270' } })).toEqual([1080, 1920])
  expect(size({ side_data_list: [{ rotation: 180 }] })).toEqual([1920, 1080])
  expect(size({ width: 720, height: 576, sample_aspect_ratio: '64:45' })).toEqual([1024, 576])
  for (const none of ['0:1', '1000000:1', '1:1000000', '9:2'])
    expect(size({ sample_aspect_ratio: none })).toEqual([1920, 1080])
})

test('videos beyond the limits are refused', () => {
  const code = (call: () => unknown) => {
    try {
      call()
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  expect(code(() => found({ width: 16384, height: 8192 }))).toBe('frame_too_large')
  expect(code(() => found({}, { duration: '20000' }))).toBe('too_long')
  expect(code(() => found({ disposition: { attached_pic: 1 } }))).toBe('no_picture')
  expect(code(() => found({ width: 0 }))).toBe('unreadable')
  expect(code(() => understand({ format, streams: Array.from({ length: 33 }, () => stream) }))).toBe('too_many_streams')
  expect(code(() => understand({}))).toBe('unreadable')
})

test('a failure is attributed to the file or to this machine', () => {
  const of = (log: string, isTimeout = false) => (complaint({ log, isTimeout }) as { code?: string }).code
  expect(of('', true)).toBe('too_slow')
  expect(of('x.mp4: Invalid data found when processing input')).toBe('unreadable')
  expect(of('Decoder (codec av1) not found for input stream #0:0')).toBe('codec')
  expect(of('Error: Cannot allocate memory')).toBe('too_heavy')
  expect(of('av_interleaved_write_frame(): No space left on device')).toBeUndefined()
})

test('progress is read from chunks of any size', () => {
  const seconds: number[] = []
  const read = progressReader((second) => seconds.push(second))
  for (const piece of ['out_time_us=N/A\nout_ti', 'me_us=1500000\nprogress=continue\nout_time_us=2000', '000\n'])
    read(piece)
  expect(seconds).toEqual([1.5, 2])
})

test('the output is not much longer than declared or allowed', () => {
  for (const [more, most] of [
    [{ duration: '1' }, '62'],
    [{ duration: '9000' }, '14400'],
    [{ duration: undefined }, '14400'],
    [{ duration: '1', format_name: 'mpegts' }, '14400'],
  ] as const)
    for (const args of [keepArgs(found({}, more)), convertArgs(native, found({}, more))])
      expect([more, after(args, '-t')]).toEqual([more, most])
})

test('a small file that claims to last for hours gets little time', () => {
  const minutes = (seconds: number, bytes: number) => Math.round(conversionTimeoutMs(seconds, bytes) / 60_000)
  expect(minutes(60, 50e6)).toBe(22) // an ordinary video
  expect(minutes(14_400, 50_000)).toBe(5)
  expect(minutes(14_400, 10e9)).toBe(720)
})

test('a program is asked once for what it can do, and again while it gives no answer', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-asked-'))
  const [ffmpeg, asked, answer] = [join(dir, 'ffmpeg'), join(dir, 'asked'), join(dir, 'answer')]
  writeFileSync(ffmpeg, `#!/bin/sh\necho "$2" >>${asked}\ncat ${answer}\n`, { mode: 0o755 })
  const programs = { ffmpeg, ffprobe: ffmpeg, chosen: true }
  const questions = () => {
    const all = readFileSync(asked, 'utf8').trim().split('\n')
    rmSync(asked)
    return all
  }
  try {
    expect(whatIsMissing(programs)).toContain('libx264')
    expect(questions()).toEqual(['-encoders', '-filters', '-version'])
    writeFileSync(
      answer,
      ['libx264', 'aac', 'scale', 'fps', 'yadif', 'aresample'].map((name) => ` V ${name} It.`).join('\n'),
    )
    expect(whatIsMissing(programs)).toBeNull()
    expect(questions()).toEqual(['-encoders', '-filters', '-version'])
    expect([whatIsMissing(programs), canToneMap(programs), existsSync(asked)]).toEqual([null, false, false])
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test('a crash of the program is a fault of the file, and a killed program is not', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-falls-'))
  const falls = (signal: string) => {
    const ffmpeg = join(dir, signal)
    writeFileSync(ffmpeg, `#!/bin/sh\nkill -${signal} $$\n`, { mode: 0o755 })
    return nativeEngine({ ffmpeg, ffprobe: ffmpeg, chosen: true }).run({
      program: 'ffmpeg',
      args: [],
      input: 'a',
      timeoutMs: 5000,
    })
  }
  try {
    for (const signal of ['SEGV', 'ABRT', 'FPE', 'ILL'])
      expect(await falls(signal)).toMatchObject({ ok: false, isTimeout: false })
    await expect(falls('KILL')).rejects.toThrow('SIGKILL')
  } finally {
    rmSync(dir, { recursive: true })
  }
})
