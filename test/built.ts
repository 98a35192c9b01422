import { constants, copyFileSync, existsSync, linkSync } from 'node:fs'
import { join } from 'node:path'

const built = process.env.TEST_PROGRAM ?? join(import.meta.dir, '../dist/pinhole')

/** The variables by which `npm test` leaves compilers of JavaScript out, for the programs that tests start. */
export const COMPILERS: Record<string, string> = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value && name.startsWith('BUN_JSC_') ? [[name, value]] : [])),
)

/**
 * Puts the built executable into the folder and returns its path. It is a second name of the same file, because writing
 * 190 MB takes longer than many a test; on another disk it is a copy. Nothing may write to it.
 */
export function placeExecutable(folder: string): string {
  if (!existsSync(built)) throw new Error('dist/pinhole does not exist. Run: npm run build')
  const program = join(folder, 'pinhole')
  try {
    linkSync(built, program)
  } catch {
    copyFileSync(built, program, constants.COPYFILE_FICLONE)
  }
  return program
}
