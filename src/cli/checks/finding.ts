import type { Config } from '../../config'
import type { Place } from '../../db/database'
import type { ServerState } from '../control'

export type Finding = { check: string; status: 'ok' | 'warn' | 'fail'; detail: string }

/** The checks look at this installation. */
export type Scene = {
  config: Config
  server: ServerState
  /** Where the rows can be read without changing the folder. `path` is that of a SQLite database. */
  database: Place & { path: string }
}

/** Checks one aspect of the installation. An error that it throws counts as a failure. */
export type Check = { name: string; run(scene: Scene): Promise<Finding[]> | Finding[] }

const finding =
  (status: Finding['status']) =>
  (check: string, detail: string): Finding => ({ check, status, detail })
export const ok = finding('ok')
export const warn = finding('warn')
export const fail = finding('fail')
