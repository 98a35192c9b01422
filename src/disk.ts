import { open, statfs } from 'node:fs/promises'
import { errorCode } from './error-code'

/**
 * The codes of a full disk: SQLite's, also for the index of its log; the system's; that of a quota of the system; and PostgreSQL's.
 */
const FULL = ['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT', '53100']

/** With less than this, the next write may fail. */
const LEAST_BYTES = 1024 ** 2

/** Whether the error, or what caused it, is that the disk has no room left. */
export function isOutOfRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return FULL.includes(errorCode(error) ?? '') || isOutOfRoom(error.cause)
}

/** The size of the disk of the folder, and how many bytes this user can still write to it. */
export async function diskSpace(dir: string): Promise<{ size: number; free: number }> {
  const { bavail, blocks, bsize } = await statfs(dir)
  return { size: blocks * bsize, free: bavail * bsize }
}

/** The bytes that are left on the disk of a folder. */
export const freeBytes = async (dir: string): Promise<number> => (await diskSpace(dir)).free

/** Whether so little is left on the disk of a folder that uploads are refused. */
export const isFull = async (dir: string): Promise<boolean> => (await freeBytes(dir)) < LEAST_BYTES

/** Waits until a file, or the names in a folder, are on the disk and no longer only in memory. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}
