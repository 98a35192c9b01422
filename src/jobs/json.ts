import type { JobJson } from '../../shapes/jobs'
import type { JobRow } from './table'

export const jobJson = ({ id, kind, lane, payload, attempts, error, createdAt, dueAt, diedAt }: JobRow): JobJson => ({
  id,
  kind,
  lane,
  payload,
  status: statusOf({ diedAt, error }),
  attempts,
  error,
  createdAt: createdAt.toISOString(),
  dueAt: dueAt.toISOString(),
  diedAt: diedAt?.toISOString() ?? null,
})

function statusOf({ diedAt, error }: Pick<JobRow, 'diedAt' | 'error'>): JobJson['status'] {
  if (diedAt) return 'dead'
  return error ? 'retrying' : 'waiting'
}
