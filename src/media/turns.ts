import { type Asking, type Child, type ChildLimits, startChild } from './child'
import { WorkerStopped } from './errors'
import type { Request, Result } from './protocol'

export type TurnsOptions = {
  command: string[]
  limits: ChildLimits
  /** After so many tasks a fresh child takes over: what its libraries have hoarded goes back. */
  tasksPerChild: number
  /** A child without work ends after this long. */
  idleMs: number
}

/** Starts a worker child at first use and after it died; one task at a time, others wait in order. */
export function takeTurns({ command, limits, tasksPerChild, idleMs }: TurnsOptions) {
  let child: Child | null = null
  let tasks = 0
  let idle: Timer | undefined
  let last: Promise<unknown> = Promise.resolve()
  let isStopped = false

  const retire = () => {
    child?.retire()
    child = null
  }

  async function run(request: Request, asking: Asking) {
    if (isStopped || asking.signal?.aborted)
      throw new WorkerStopped('The work was called off.', { cause: asking.signal?.reason })
    clearTimeout(idle)
    if (tasks >= tasksPerChild) retire()
    if (!child || child.gone) {
      child = startChild(command, limits)
      tasks = 0
    }
    tasks++
    try {
      return await child.ask(request, asking)
    } finally {
      idle = setTimeout(retire, idleMs)
      idle.unref()
    }
  }

  return {
    get pid() {
      return child && !child.gone ? child.pid : null
    },
    ask(request: Request, asking: Asking): Promise<Result> {
      const turn = last.then(() => run(request, asking))
      last = turn.catch(() => {})
      return turn
    },
    async stop() {
      isStopped = true
      clearTimeout(idle)
      await child?.kill()
      await last
    },
  }
}
