import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** Throws unless a new file can get this path. */
export function refuseExisting(path: string): void {
  if (existsSync(path)) throw new Error(`${path} already exists and is not overwritten. Choose another name.`)
  if (!existsSync(dirname(path))) throw new Error(`There is no folder ${dirname(path)}. Create it first.`)
}
