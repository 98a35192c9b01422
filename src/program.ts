import { join } from 'node:path'

/** How this same program is started once more, for a command of it: the compiled executable by itself, else by the Bun that runs us. */
export const programCommand = (...args: string[]): string[] =>
  isCompiled() ? [process.execPath, ...args] : [process.execPath, 'run', join(import.meta.dir, 'main.ts'), ...args]

/** Modules of an executable live in a file system of its own. */
const isCompiled = () => import.meta.url.startsWith('file:///$bunfs/') || import.meta.url.includes('/~BUN/')
