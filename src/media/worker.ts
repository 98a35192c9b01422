import { writeFileSync, writeSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { isCompiled } from '../program'
import { BadMedia } from './errors'
import { unpackNativeTo } from './native'
import { REPLIES, type Reply, type Request, type Result, type Task } from './protocol'
import { type Enclosure, enclose } from './walls/enclose'

/**
 * Runs the child process that decodes photos and videos. Requests arrive as JSON lines on stdin, one at a time. Replies
 * use their own file descriptor, so output of a library cannot be mistaken for one. The process ends when its stdin
 * closes, which happens however the parent ends.
 *
 * `enclosure` and `mark` are the last arguments of the command line; see `enclose`.
 */
export async function runMediaWorker([enclosure, mark]: readonly string[]): Promise<never> {
  if (!mark) yieldToOthers()
  if (enclosure) await goBehindWalls(JSON.parse(enclosure), mark)
  let rest = ''
  process.stdin.setEncoding('utf8')
  process.stdin.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) void answer(JSON.parse(line))
  })
  process.stdin.on('end', () => process.exit(0))
  process.stdin.on('error', () => process.exit(0))
  return new Promise(() => {})
}

/** Unpacks the native libraries, because the enclosed process cannot write to their folder, and encloses the process. */
async function goBehindWalls(enclosure: Enclosure, mark: string | undefined) {
  if (!mark && isCompiled()) {
    unpackNativeTo(enclosure.nativeDir)
    await import('sharp')
  }
  enclose(enclosure, mark)
}

async function answer(request: Request) {
  try {
    unpackNativeTo(request.nativeDir)
    reply({ result: await perform(request, (progress) => reply({ progress })) })
  } catch (error) {
    console.error(error)
    reply(
      error instanceof BadMedia
        ? { bad: error.code, cause: String(error.cause ?? ''), values: error.values }
        : { failed: String(error) },
    )
  }
}

async function perform(task: Task, progress: (done: number) => void): Promise<Result> {
  if ('image' in task) {
    if ('only' in task.image) return (await import('./icons')).makeIcons(task.image)
    return (await import('./image')).makeRenditions(task.image, progress)
  }
  if (task.video.only === 'ladder') return (await import('./ladder/make')).makeLadder(task.video, progress)
  const { makeCover, makeVideo } = await import('./video/make')
  return (task.video.only === 'cover' ? makeCover : makeVideo)(task.video, progress)
}

const reply = (message: Reply) => void writeSync(REPLIES, `${JSON.stringify(message)}\n`)

/** Lowers the priority below that of the server, and makes the kernel end this process first when memory runs out. */
function yieldToOthers() {
  ifAllowed(() => setPriority(constants.priority.PRIORITY_BELOW_NORMAL))
  ifAllowed(() => writeFileSync('/proc/self/oom_score_adj', '1000')) // Linux only
}

function ifAllowed(attempt: () => void) {
  try {
    attempt()
  } catch {}
}
