import { readdirSync, readFileSync } from 'node:fs'

/**
 * Returns the memory of a process and the programs it started. Returns 0 when it is unknown, because the system is not
 * Linux or the process has ended.
 */
export function residentBytes(pid: number | undefined): number {
  try {
    const own = Number(/^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024
    return childrenOf(pid).reduce((sum, child) => sum + residentBytes(child), own)
  } catch {
    return 0
  }
}

/** Lists child processes. Each thread lists the processes it started, and threads may end while they are read. */
function childrenOf(pid: number | undefined): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      return readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number)
    } catch {
      return []
    }
  })
}
