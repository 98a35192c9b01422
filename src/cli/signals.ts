/** Removes an unfinished copy, which contains photos or keys, when the command is stopped. */
export function breakOffOnSignals(remove: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      remove()
      process.stderr.write('pinhole: The command was stopped, and the unfinished copy was deleted.\n')
      process.exit(1)
    })
}
