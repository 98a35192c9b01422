import { join } from 'node:path'

/** The hidden command of the program that becomes the worker. */
const MEDIA_WORKER = 'media-worker'

/** How this same program is started as the worker: the compiled executable by itself, else by the Bun that runs us. */
export const mediaWorkerCommand = (): string[] =>
  isCompiled() ? [process.execPath, MEDIA_WORKER] : [process.execPath, 'run', join(import.meta.dir, '../main.ts'), MEDIA_WORKER]

/** Modules of an executable live in a file system of its own. */
const isCompiled = () => import.meta.url.startsWith('file:///$bunfs/') || import.meta.url.includes('/~BUN/')
