import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../context'
import type { Person } from '../ports/people'

export const uploadsDir = ({ config }: Pick<App, 'config'>) => join(config.dataDir, 'uploads')

/** Creates an upload id that contains its owner, so that nobody else can use it. */
export const newUploadId = (owner: Pick<Person, 'id'>) => `${owner.id}-${crypto.randomUUID()}`
export const isUploadOf = (owner: Pick<Person, 'id'>, uploadId: string) => uploadId.startsWith(`${owner.id}-`)
export const ownerOf = (uploadId: string) => Number.parseInt(uploadId, 10)

/** Lists the ids of all uploads on the disk, finished or not. */
export async function listUploads(app: Pick<App, 'config'>): Promise<string[]> {
  const names = await readdir(uploadsDir(app)).catch(() => [])
  return [...new Set(names.map((name) => name.replace(/\.json$/, '')))]
}
