import { type Asking, type Child, type ChildLimits, startChild } from './child'
import { WorkerStopped } from './errors'
import type { Request, Result } from './protocol'

export type TurnsOptions = {
  command: string[]
  limits: ChildLimits
  /** After this many tasks a new child takes over, which returns memory that libraries have kept. */
  tasksPerChild: number
  /** How long a child without work is kept. */
  idleMs: number
}

/** Runs tasks one at a time in a worker child. The child starts when it is first needed and again after it died. */
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
      throw new WorkerStopped('The work was cancelled.', { cause: asking.signal?.reason })
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
