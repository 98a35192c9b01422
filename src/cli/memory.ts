import { readFileSync } from 'node:fs'
import { log } from '../log'
import { type CallNumber, isKnownSystem, syscall } from '../media/walls/libc'

const MADVISE: CallNumber = [28, 233]
/** Takes pages out of this process (madvise(2)). Those of a file stay in the system's cache until it needs the memory. */
const MADV_DONTNEED = 4

/** How long after its start a server has settled. */
const SETTLED_MS = 3000

/** Shrinks the process once the start is over. Returns a function that calls it off. */
export function shrinkOnceSettled(): () => void {
  const alarm = setTimeout(() => shrink(), SETTLED_MS)
  return () => clearTimeout(alarm)
}

/**
 * Gives back what only the start needed: objects that are garbage by now, and pages of the program's own code, which are
 * almost half of the memory that an idle server holds. A page that is needed again comes from the system's cache. Where
 * the system does not allow it, the server goes on with what it holds.
 */
export function shrink(list = '/proc/self/smaps'): void {
  Bun.gc(true)
  if (!isKnownSystem) return
  try {
    for (const { start, bytes } of codeIn(readFileSync(list, 'utf8'), process.execPath))
      syscall(MADVISE, start, bytes, MADV_DONTNEED)
  } catch (error) {
    log.warn('The memory that the start needed could not be given back', { error })
  }
}

/**
 * Finds the areas of memory with the code of a program in a list of /proc/self/smaps (proc_pid_smaps(5)). Areas with pages
 * that differ from the file are left out, because what is in them would be lost.
 */
export function codeIn(smaps: string, program: string): { start: number; bytes: number }[] {
  return smaps.split(/^(?=[\da-f]+-[\da-f]+ )/m).flatMap((area) => {
    const [, from, to, path] = /^([\da-f]+)-([\da-f]+) r-xp \S+ \S+ \d+ +(.+)$/m.exec(area) ?? []
    if (path !== program || !/^Anonymous: +0 kB$/m.test(area)) return []
    const start = Number.parseInt(from!, 16)
    return [{ start, bytes: Number.parseInt(to!, 16) - start }]
  })
}
