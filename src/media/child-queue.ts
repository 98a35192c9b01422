import pLimit from 'p-limit'
import { type Asking, type Child, type ChildLimits, startChild } from './child'
import { WorkerStopped } from './errors'
import type { Request, Result } from './protocol'
import { openWorkerFolder, type WorkerFolder } from './walls/worker-folder'

export type TurnsOptions = {
  command: string[]
  /** The folder in which each child gets a folder of its own. */
  workersDir: string
  nativeDir: string
  /** The programs that a child may start. */
  programs: string[]
  limits: ChildLimits
  /** After this many tasks a new child takes over, which returns memory that libraries have kept. */
  tasksPerChild: number
  /** How long a child without work is kept. */
  idleMs: number
}

export type Turns = {
  /** The process id of the child, while it runs. */
  readonly pid: number | null
  /** Whether a task runs or waits. */
  readonly isBusy: boolean
  ask(request: Request, asking: Asking): Promise<Result>
  stop(): Promise<void>
}

/** `task` is settled when the child has nothing to do. Its folder is removed after that, when the child has ended. */
type Worker = Child & { folder: WorkerFolder; task: Promise<unknown>; removed: Promise<void> }

/** Runs tasks one at a time in a worker child. The child starts when it is first needed and again after it died. */
export function takeTurns(options: TurnsOptions): Turns {
  const { command, workersDir, nativeDir, programs, limits, tasksPerChild, idleMs } = options
  let child: Worker | null = null
  let tasks = 0
  let idle: Timer | undefined
  let last: Promise<unknown> = Promise.resolve()
  let length = 0
  let isStopped = false

  const retire = () => {
    child?.retire()
    child = null
  }

  async function start(): Promise<Worker> {
    const folder = await openWorkerFolder(workersDir)
    const started = startChild(command, { folder: folder.path, nativeDir, programs }, limits)
    const removed = started.ended.then(() => worker.task).then(folder.remove)
    const worker: Worker = Object.assign(started, { folder, task: Promise.resolve(), removed })
    return worker
  }

  const checkWanted = ({ signal }: Asking) => {
    if (isStopped || signal?.aborted) throw new WorkerStopped('The work was cancelled.', { cause: signal?.reason })
  }

  async function run(request: Request, asking: Asking) {
    checkWanted(asking)
    clearTimeout(idle)
    if (tasks >= tasksPerChild) retire()
    if (!child || child.gone) {
      child = await start()
      tasks = 0
    }
    tasks++
    const result = perform(child, request, asking, () => checkWanted(asking))
    child.task = result.catch(() => {})
    try {
      return await result
    } finally {
      idle = setTimeout(retire, idleMs)
      idle.unref()
    }
  }

  return {
    get pid() {
      return child && !child.gone ? child.pid : null
    },
    get isBusy() {
      return length > 0
    },
    ask(request, asking) {
      length++
      const turn = last.then(() => run(request, asking)).finally(() => length--)
      last = turn.catch(() => {})
      return turn
    },
    async stop() {
      isStopped = true
      clearTimeout(idle)
      await child?.kill()
      await last
      await child?.kill() // it may have been started meanwhile
      await child?.removed
    },
  }
}

/** Gives each task, in order of arrival, to the first queue that has nothing to do. */
export function shareOut(queues: Turns[]): Pick<Turns, 'pid' | 'ask' | 'stop'> {
  const limit = pLimit(queues.length)
  return {
    get pid() {
      return queues.find(({ pid }) => pid !== null)?.pid ?? null
    },
    ask: (request, asking) => limit(() => queues.find(({ isBusy }) => !isBusy)!.ask(request, asking)),
    stop: async () => void (await Promise.all(queues.map((queue) => queue.stop()))),
  }
}

/** Performs a task in the folder of the child, which can reach no other files. */
async function perform(
  child: Child & { folder: WorkerFolder },
  request: Request,
  asking: Asking,
  checkWanted: () => void,
): Promise<Result> {
  const { folder } = child
  const task = 'image' in request ? request.image : request.video
  const inside = await folder.receive(task).catch((error) => {
    throw new WorkerStopped(String(error), { cause: error })
  })
  try {
    checkWanted() // it may have been cancelled while the file was brought
    const result = await child.ask({ ...request, ['image' in request ? 'image' : 'video']: inside } as Request, asking)
    await folder.deliver(task)
    return result
  } finally {
    if (!child.gone) await folder.clear()
  }
}
