import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nativeArgs, nativeEngine } from '../src/media/ffmpeg/native'
import { convertArgs } from '../src/media/video/arguments'
import { probe } from '../src/media/video/probe'
import { need } from './load'
import type { Result } from './result'
import { openCommunity, secondsOf } from './uploads'

const SECONDS = 20
const ROUNDS = 3

/**
 * A video from the upload until it is ready, against the call of ffmpeg that converts it. The rest of the job probes,
 * hashes and stores the file and makes the poster.
 */
export async function videos(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  const programs = { ffmpeg: need('ffmpeg'), ffprobe: need('ffprobe'), chosen: true }
  const community = await openCommunity(join(dir, 'data'))
  try {
    const input = join(dir, 'video.mkv')
    await run(programs.ffmpeg, [
      ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=1920x1080:rate=30:duration=${SECONDS}`],
      ...['-f', 'lavfi', '-i', `sine=duration=${SECONDS}`, '-c:v', 'mpeg4', '-b:v', '12M', '-c:a', 'aac', input],
    ])
    const engine = nativeEngine(programs)
    const args = convertArgs(engine, await probe(engine, input))
    const command = nativeArgs({ program: 'ffmpeg', args, input, output: join(dir, 'bare.mp4') })
    const rounds: { bare: number; whole: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now()
      // the same priority as the media worker, so that other work on the machine slows both equally
      await run('nice', ['-n', '10', programs.ffmpeg, ...command])
      const bare = (performance.now() - start) / 1000
      rounds.push({ bare, whole: await secondsOf(community, [input], 1) })
    }
    rounds.sort((a, b) => a.whole / a.bare - b.whole / b.bare)
    const { bare, whole } = rounds[Math.floor(ROUNDS / 2)]!
    return [
      {
        name: 'a video until ready',
        ratio: whole / bare,
        atMost: 1.15,
        bound: `its conversion by ffmpeg alone, ${bare.toFixed(1)} s: ${whole.toFixed(1)} s`,
      },
    ]
  } finally {
    await community.close()
    rmSync(dir, { recursive: true })
  }
}

async function run(program: string, args: string[]): Promise<void> {
  const child = Bun.spawn([program, ...args], { stdin: 'ignore', stdout: 'ignore', stderr: 'pipe', detached: true })
  const said = await new Response(child.stderr).text()
  if (await child.exited) throw new Error(`${program}: ${said}`)
}
