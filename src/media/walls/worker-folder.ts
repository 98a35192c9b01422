import { copyFile, link, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning } from '../../running'
import type { ImageTask } from '../renditions'
import { partsOf } from './enclose'

/**
 * The folder of one worker, in which it finds the file of its current task and leaves what it makes. The server does
 * not trust what it finds there.
 */
export type WorkerFolder = {
  readonly path: string
  /** Brings the task's file into the folder and returns the task with paths that the worker can use. */
  receive<T extends ImageTask>(task: T): Promise<T>
  /** Moves what the worker made to where the task wants it. */
  deliver(task: ImageTask): Promise<void>
  /** Empties the folder for the next task. */
  clear(): Promise<void>
  remove(): Promise<void>
}

/** The folder of a worker is named after the process that started it. */
const NAME = /^\d+-[0-9a-f-]{36}$/

const openFolders = new Set<string>()

/** Creates the folder of a worker below `dir`, and removes the folders of servers that were killed. */
export async function openWorkerFolder(dir: string): Promise<WorkerFolder> {
  const name = `${process.pid}-${crypto.randomUUID()}`
  openFolders.add(name)
  const folder = join(dir, name)
  const { given, made } = partsOf(folder)
  const input = join(given, 'original')
  await mkdir(dir, { recursive: true })
  await removeAbandoned(dir)
  for (const path of [given, made]) await mkdir(path, { recursive: true })
  return {
    path: folder,
    async receive(task) {
      // A second name for the file takes no space. On file systems that cannot give it one, the file is copied.
      await link(task.input, input).catch(() => copyFile(task.input, input))
      return { ...task, input, output: made }
    },
    async deliver({ output }) {
      for (const part of await readdir(made, { withFileTypes: true })) {
        if (!part.isDirectory()) continue
        await mkdir(join(output, part.name), { recursive: true })
        for (const name of await readdir(join(made, part.name))) {
          const from = join(made, part.name, name)
          const stat = await lstat(from)
          if (!stat.isFile() || stat.nlink !== 1)
            throw new Error(`The media worker made a ${name} that is no new file.`)
          await rename(from, join(output, part.name, name))
        }
      }
    },
    async clear() {
      await rm(input, { force: true })
      const names = await readdir(made).catch(() => []) // the worker may have ended
      for (const name of names) await rm(join(made, name), { recursive: true, force: true })
    },
    async remove() {
      openFolders.delete(name)
      // a program that is being ended may still write for a moment
      await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
    },
  }
}

async function removeAbandoned(dir: string) {
  for (const name of await readdir(dir))
    if (NAME.test(name) && !openFolders.has(name) && !isRunning(Number.parseInt(name, 10)))
      await rm(join(dir, name), { recursive: true, force: true })
}
