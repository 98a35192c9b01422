import type { Config } from '../../config'

export type Finding = { check: string; status: 'ok' | 'warn' | 'fail'; detail: string }

/** Checks one aspect of the installation. An error that it throws counts as a failure. */
export type Check = { name: string; run(config: Config): Promise<Finding[]> | Finding[] }

const finding =
  (status: Finding['status']) =>
  (check: string, detail: string): Finding => ({ check, status, detail })
export const ok = finding('ok')
export const warn = finding('warn')
export const fail = finding('fail')
