import type { JobJson } from '../../shapes/jobs'
import type { JobRow } from './table'

export const jobJson = ({ id, kind, lane, payload, attempts, error, createdAt, dueAt, diedAt }: JobRow): JobJson => ({
  id,
  kind,
  lane,
  payload,
  status: diedAt ? 'dead' : error ? 'retrying' : 'waiting',
  attempts,
  error,
  createdAt: createdAt.toISOString(),
  dueAt: dueAt.toISOString(),
  diedAt: diedAt?.toISOString() ?? null,
})
