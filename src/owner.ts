import { accessSync, constants, lchownSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

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

function give(path: string, uid: number, gid: number) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return
  if (found.uid !== uid || found.gid !== gid) lchownSync(path, uid, gid)
  if (found.isDirectory()) for (const name of readdirSync(path)) give(join(path, name), uid, gid)
}

/**
 * A folder that this user can write in: `path`, or another one beside it when somebody else made the first. The caller
 * makes it.
 */
export function ownFolder(path: string): string {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    if ((error as { code?: string }).code === 'EACCES') return `${path}-${process.geteuid?.()}`
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
