import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createMediaWorker } from '../../media/client'
import { mediaWorkerCommand } from '../../media/command'
import { isEnclosed } from '../../media/walls/enclose'
import { landlockVersion } from '../../media/walls/landlock'
import { type Check, type Finding, fail, ok, warn } from './finding'
import { samples } from './samples'

/** Lets the real media worker process a small picture in every format. */
export const photos: Check = {
  name: 'photos',
  async run({ dataDir }) {
    const dir = await mkdtemp(join(dataDir, 'doctor-'))
    const worker = createMediaWorker({
      command: mediaWorkerCommand(),
      nativeDir: join(dataDir, 'native'),
      workersDir: join(dir, 'workers'),
    })
    const findings: Finding[] = []
    try {
      for (const [format, base64] of Object.entries(samples)) findings.push(await tryOne(format, base64))
      findings.push(walls(worker.pid))
    } finally {
      await worker.stop()
      await rm(dir, { recursive: true, force: true })
    }
    return findings

    async function tryOne(format: string, base64: string): Promise<Finding> {
      const [input, output] = [join(dir, format), join(dir, `${format}.out`)]
      await Bun.write(input, Buffer.from(base64, 'base64'))
      await mkdir(output)
      try {
        const { width, height } = await worker.image({ input, output })
        if (width !== 32 || height !== 24)
          return fail('photos', `A ${format} picture of 32 × 24 pixels is processed into one of ${width} × ${height}.`)
        return ok('photos', `${format} can be read.`)
      } catch (error) {
        return fail('photos', `${format} cannot be read: ${error instanceof Error ? error.message : error}`)
      }
    }
  },
}

/** Reports what keeps the running media worker from the network and from the files of others. */
export function walls(pid: number | null, version = landlockVersion()): Finding {
  if (process.platform !== 'linux')
    return warn('walls', 'Only Linux can keep the media worker from the network and from other files.')
  if (!pid) return fail('walls', 'The media worker is not running, so its restrictions are unknown.')
  if (!isEnclosed(pid)) return fail('walls', 'The media worker runs without its restrictions.')
  if (!version)
    return warn(
      'walls',
      'The media worker has no network, but can read the data folder: this kernel lacks Landlock (Linux 5.13 or later).',
    )
  if (version < 6)
    return warn(
      'walls',
      `The media worker has no network and reads only its own files. It can end other programs of the same user (Landlock ${version}; Linux 6.12 or later prevents that).`,
    )
  return ok('walls', `The media worker has no network and reads only its own files (Landlock ${version}).`)
}
