import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Edit } from '../shapes/edits'
import { makeRenditions } from '../src/media/image'
import { IMAGE_RENDITIONS, type ImageRendition, storedFile } from '../src/media/renditions'

/** Makes the renditions of a photo, and returns their bytes with the result and the reported progress. */
export async function develop(bytes: Uint8Array, edit: Edit = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-image-'))
  try {
    await Bun.write(join(dir, 'original'), bytes)
    const progress: number[] = []
    const task = { input: join(dir, 'original'), output: dir, edit }
    const result = await makeRenditions(task, (done) => progress.push(done))
    const read = async (name: ImageRendition) =>
      [name, await Bun.file(join(dir, storedFile(name, result.renditions[name]))).bytes()] as const
    const files = Object.fromEntries(await Promise.all(IMAGE_RENDITIONS.map(read))) as Record<
      ImageRendition,
      Uint8Array
    >
    const { uncut } = result.renditions
    const whole = uncut && (await Bun.file(join(dir, storedFile('uncut', uncut))).bytes())
    return { ...result, files, whole, progress }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** Returns the code of the error that a photo causes, or `fine`. */
export const codeOf = async (bytes: Uint8Array) => {
  try {
    await develop(bytes)
    return 'fine'
  } catch (error) {
    return (error as { code?: string }).code ?? error
  }
}
