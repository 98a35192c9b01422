import type { ExportJson } from '../../../shapes/exports'
import type { Export } from './table'

/** An export has an address once its zip is ready. */
export const exportJson = ({ id, status, bytes, createdAt, expiresAt, error }: Export): ExportJson => ({
  id,
  status,
  url: status === 'ready' ? `/users/account/exports/${id}/archive` : null,
  bytes,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  error,
})
