import { tableOf } from './report'
import type { LeakReport } from './run'

/** Formats the findings and a sentence that sums them up, after the table of everything that was tried if wanted. */
export function verdictOf(report: LeakReport, withTable = false): string {
  const { leaks, shut, files, stored, locked, access } = report
  const findings = [
    ...leaks.map(({ door, kind, handle, what }) => `LEAK  ${door}, as ${kind}${handle && ` (${handle})`}: ${what}`),
    ...shut.map(({ door, kind, handle, what }) => `SHUT  ${door}, as ${kind}${handle && ` (${handle})`}: ${what}`),
  ]
  const scope = `${files} of ${stored} stored files, ${locked} of them restricted; access is ${access}`
  const text = [...findings, `${result(report)} (${scope}.)`].join('\n')
  return withTable ? `${tableOf(report.doors)}\n\n${text}` : text
}

function result({ leaks, shut, tooEmpty }: LeakReport): string {
  if (leaks.length) return 'Somebody got files that they must not get.'
  if (shut.length) return 'Nothing leaked, but some allowed requests were refused.'
  if (tooEmpty)
    return 'Nothing leaked, but this proves little: no stored file is restricted, so there was nothing to protect.'
  return 'Nothing leaked.'
}
