import type { App } from '../context'

/**
 * Watches a file while its renditions are made. The signal aborts as soon as `isUnchanged` says no, which is asked after
 * every commit. Disposing of the result ends that.
 */
export function abortOnChange({ onChange }: Pick<App, 'onChange'>, isUnchanged: () => Promise<boolean>) {
  const change = new AbortController()
  const forget = onChange(async () => {
    if (!(await isUnchanged())) change.abort(new Error('The file was deleted or changed.'))
  })
  return { signal: change.signal, [Symbol.dispose]: forget }
}
