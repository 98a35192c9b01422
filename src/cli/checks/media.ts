import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createMediaWorker } from '../../media/client'
import { mediaWorkerCommand } from '../../media/command'
import { type Check, type Finding, fail, ok } from './finding'
import { samples } from './samples'

/** Lets the real media worker process a small picture in every format. */
export const photos: Check = {
  name: 'photos',
  async run({ dataDir }) {
    const worker = createMediaWorker({ command: mediaWorkerCommand(), nativeDir: join(dataDir, 'native') })
    const dir = await mkdtemp(join(dataDir, 'doctor-'))
    const findings: Finding[] = []
    try {
      for (const [format, base64] of Object.entries(samples)) findings.push(await tryOne(format, base64))
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
