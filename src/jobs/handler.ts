import type { App } from '../context'
import type { Tx } from '../db/open'
import type { Job, JobKind } from './kinds'

/** What is done for one kind of job. */
export type Handler<K extends JobKind> = {
  /** May be run twice for the same job. `signal` says that the server stops: what is not done by then is done by the next start. */
  run(app: App, job: Job<K>, signal: AbortSignal): Promise<void>
  attempts?: number
  /** Told in the transaction in which the job dies, so that whoever waits for it learns why. */
  died?(tx: Tx, job: Job<K>, now: Date): Promise<void>
}

export type Handlers = { [K in JobKind]: Handler<K> }

/** Thrown by a handler when another attempt would be no better: the job is dead at once. */
export class GiveUp extends Error {}
