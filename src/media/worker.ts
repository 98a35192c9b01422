import { writeFileSync, writeSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { BadMedia } from './errors'
import { unpackNativeTo } from './native'
import { REPLIES, type Reply, type Request, type Result, type Task } from './protocol'

/**
 * The child process that decodes photos and videos. Requests come as JSON lines on stdin, one at a time; replies go to a descriptor of their
 * own, so that nothing a library prints can be taken for one. It ends when its stdin closes: with its parent, however that ends.
 */
export function runMediaWorker(): Promise<never> {
  yieldToOthers()
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

async function answer(request: Request) {
  try {
    unpackNativeTo(request.nativeDir)
    reply({ result: await perform(request, (progress) => reply({ progress })) })
  } catch (error) {
    console.error(error)
    reply(error instanceof BadMedia ? { bad: error.code, cause: String(error.cause ?? '') } : { failed: String(error) })
  }
}

async function perform(task: Task, progress: (done: number) => void): Promise<Result> {
  if ('image' in task) return (await import('./image')).makeRenditions(task.image, progress)
  return (await import('./video/make')).makeVideo(task.video, progress)
}

const reply = (message: Reply) => void writeSync(REPLIES, `${JSON.stringify(message)}\n`)

/** Requests are served first, and when memory runs out the kernel takes this process before any other. */
function yieldToOthers() {
  ifAllowed(() => setPriority(constants.priority.PRIORITY_BELOW_NORMAL))
  ifAllowed(() => writeFileSync('/proc/self/oom_score_adj', '1000')) // Linux only
}

function ifAllowed(attempt: () => void) {
  try {
    attempt()
  } catch {}
}
