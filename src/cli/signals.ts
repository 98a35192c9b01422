/** How long a file operation that has begun in another thread may take to end. */
const UNDER_WAY_MS = 50

/** Removes an unfinished copy, which contains photos or keys, when the command is stopped. */
export function breakOffOnSignals(remove: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      try {
        remove()
      } catch {} // something was added to the folder meanwhile
      // What other threads were writing at this moment is there only now. Nothing new begins, since this thread waits.
      Bun.sleepSync(UNDER_WAY_MS)
      remove()
      process.stderr.write('pinhole: The command was stopped, and the unfinished copy was deleted.\n')
      process.exit(1)
    })
}
