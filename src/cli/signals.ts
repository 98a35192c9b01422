/** Removes the unfinished backup, which contains photos and keys, when the command is stopped. */
export function breakOffOnSignals(remove: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      remove()
      process.stderr.write('pinhole: The backup was stopped, and the unfinished copy was deleted.\n')
      process.exit(1)
    })
}
