import { readdirSync, readFileSync } from 'node:fs'

/** Memory that a process and those it started occupy. 0 where it cannot be known: not Linux, or the process is gone. */
export function residentBytes(pid: number | undefined): number {
  try {
    const own = Number(/^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024
    return childrenOf(pid).reduce((sum, child) => sum + residentBytes(child), own)
  } catch {
    return 0
  }
}

/** Each thread knows those it started; threads come and go while one looks. */
function childrenOf(pid: number | undefined): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      return readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number)
    } catch {
      return []
    }
  })
}
