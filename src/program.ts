import { join } from 'node:path'

/** The command line that starts this program again: the compiled executable, or main.ts with the Bun that runs it. */
export const programCommand = (...args: string[]): string[] =>
  isCompiled() ? [process.execPath, ...args] : [process.execPath, 'run', join(import.meta.dir, 'main.ts'), ...args]

/**
 * Lets the engine compile code that runs often, as it normally does. The executable starts with an engine that interprets
 * for longer (`scripts/build.ts`), because compiling what runs only once makes a start slower.
 */
export const compileSoon = () => Bun.unsafe.setJITPolicy(1)

/** The modules of a compiled executable are in Bun's virtual file system. */
export const isCompiled = () => import.meta.url.startsWith('file:///$bunfs/') || import.meta.url.includes('/~BUN/')
