import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMediaWorker, type MediaWorker } from '../../media/client'
import { mediaWorkerCommand } from '../../media/command'
import { isEnclosed } from '../../media/walls/enclose'
import { landlockVersion } from '../../media/walls/landlock'
import { askForPhotos } from '../control'
import { type Check, type Finding, fail, ok, warn } from './finding'
import { samples } from './samples'

/**
 * Lets the media worker process a small picture in every format: the worker of the running server, or one of its own in
 * a temporary folder.
 */
export const photos: Check = {
  name: 'photos',
  async run({ server, config: { dataDir } }) {
    if (server.state === 'running') return await askForPhotos<Finding>(dataDir)
    const dir = await mkdtemp(join(tmpdir(), 'pinhole-doctor-'))
    const worker = createMediaWorker({
      command: mediaWorkerCommand(),
      nativeDir: join(dir, 'native'),
      workersDir: join(dir, 'workers'),
    })
    try {
      const findings = await tryPhotos(worker, dir)
      if (!findings.some(({ detail }) => detail.includes('ERR_DLOPEN_FAILED'))) return findings
      const hint = `${tmpdir()} may be mounted noexec. Set TMPDIR to another folder, or run doctor while the server runs.`
      return [...findings, fail('photos', hint)]
    } finally {
      await worker.stop()
      await rm(dir, { recursive: true, force: true })
    }
  },
}

/** Tries every format with this worker, which can read and write in `place`. */
export async function tryPhotos(worker: MediaWorker, place: string): Promise<Finding[]> {
  const dir = await mkdtemp(join(place, 'doctor-'))
  try {
    const findings: Finding[] = []
    for (const [format, base64] of Object.entries(samples)) findings.push(await tryOne(worker, dir, format, base64))
    return [...findings, walls(worker.pid)]
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function tryOne(worker: MediaWorker, dir: string, format: string, base64: string): Promise<Finding> {
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
