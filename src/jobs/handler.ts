import type { App } from '../context'
import type { Tx } from '../db/open'
import type { Job, JobKind } from './kinds'

/** The code that runs one kind of job. */
export type Handler<K extends JobKind> = {
  /**
   * Runs the job. It may run twice for the same job. `signal` aborts when the server stops; the next start does the
   * remaining work.
   */
  run(app: App, job: Job<K>, signal: AbortSignal): Promise<void>
  attempts?: number
  /** Called in the transaction in which the job dies, so that people waiting for it learn why. */
  died?(tx: Tx, job: Job<K>, now: Date): Promise<void>
}

export type Handlers = { [K in JobKind]: Handler<K> }

/**
 * A job writes its steps with these options. A loss of power may undo the last steps, but the job then stands where it
 * stood before and takes them again, so no step waits for the disk.
 */
export const REPEATABLE = { flush: 'later' } as const

/** Thrown by a handler when another attempt cannot help. The job dies at once. */
export class GiveUp extends Error {}
