import { tmpdir } from 'node:os'
import { z } from 'zod'
import { object } from '../../shapes/object'
import type { BackupEnd, MakeBackup } from '../ports/backups'
import { programCommand } from '../program'

const made = object(() => ({ files: z.int(), bytes: z.int(), newBytes: z.int() }))
const failed = object(() => ({ error: z.string() }))

/**
 * Makes backups in another process, since copying a database blocks the process that does it. That process asks this
 * server for its settings.
 */
export const createBackups =
  (dataDir: string): MakeBackup =>
  async (signal) => {
    const command = programCommand('backup-worker', '--json', '--data', dataDir)
    const env = { TMPDIR: tmpdir() }
    const child = Bun.spawn(command, { env, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
    const stop = () => child.kill('SIGTERM')
    signal.addEventListener('abort', stop)
    const [out, err] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
    await child.exited
    signal.removeEventListener('abort', stop)
    return endOf(out, err, String(child.signalCode ?? `status ${child.exitCode}`))
  }

function endOf(out: string, err: string, how: string): BackupEnd {
  const end = made.safeParse(lastLine(out))
  if (end.success) return { error: null, ...end.data }
  const reason = failed.safeParse(lastLine(err))
  return { error: reason.success ? reason.data.error : `The backup ended (${how}). ${err.slice(-500)}`.trim() }
}

/** Warnings come in the lines before. */
function lastLine(text: string): unknown {
  try {
    return JSON.parse(text.trim().split('\n').at(-1) ?? '')
  } catch {
    return undefined
  }
}
