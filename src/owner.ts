import { accessSync, closeSync, constants, fchownSync, fstatSync, openSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from './error-code'

/** Whether this process may give files to other users. */
export const isRoot = () => process.geteuid?.() === 0

/**
 * Gives files to the owner of the folder, with everything in them. A command that root runs must not leave files that
 * the server cannot read or replace. Does nothing for other users, whose files cannot be given away.
 */
export function giveToOwnerOf(dir: string, ...paths: string[]): void {
  if (!isRoot()) return
  const { uid, gid } = statSync(dir)
  for (const path of paths) give(path, uid, gid)
}

/**
 * The owner of the folder may put anything into it, so no link is followed: it could lead root to the files of others.
 * Each file is opened once and changed through what was opened, since a path may mean another file a moment later. A
 * file with a second name is left alone, because the other name may be elsewhere.
 */
function give(path: string, uid: number, gid: number) {
  const opened = openUnlinked(path)
  if (opened === null) return
  try {
    const found = fstatSync(opened)
    if (!found.isDirectory() && found.nlink > 1) return
    if (found.uid !== uid || found.gid !== gid) fchownSync(opened, uid, gid)
    if (!found.isDirectory()) return
    const inside = process.platform === 'linux' ? `/proc/self/fd/${opened}` : path
    for (const name of readdirSync(inside)) give(join(inside, name), uid, gid)
  } finally {
    closeSync(opened)
  }
}

/** Returns null for what is not there, and for links and sockets. */
function openUnlinked(path: string): number | null {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'ENXIO'].includes(errorCode(error) ?? '')) return null
    throw error
  }
}

/**
 * A folder that this user can write in: `path`, or another one beside it when somebody else made the first. The caller
 * makes it.
 */
export function ownFolder(path: string): string {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    if (errorCode(error) === 'EACCES') return `${path}-${process.geteuid?.()}`
  }
  return path
}

/**
 * When root serves a folder of somebody else, the process becomes that user for good, so that the usual server of that
 * folder can use all files later. Returns the id of that user, or undefined when nothing had to be done.
 */
export function becomeOwnerOf(dir: string): number | undefined {
  const found = statSync(dir, { throwIfNoEntry: false })
  if (!isRoot() || !found || found.uid === 0) return undefined
  const { uid, gid } = found
  process.setgroups!([gid])
  process.setgid!(gid)
  process.setuid!(uid)
  try {
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    accessSync(process.execPath, constants.X_OK)
    return uid
  } catch (cause) {
    throw new Error(
      `${dir} belongs to the user with the id ${uid}, who cannot reach it or this program from here. ` +
        'Start the server as its service does, for example with: systemctl start pinhole',
      { cause },
    )
  }
}
