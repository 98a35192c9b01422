import type { ExportJson } from '../../../shapes/exports'
import type { Export } from './table'

export const exportJson = ({ id, status, bytes, createdAt, expiresAt, error }: Export): ExportJson => ({
  id,
  status,
  url: status === 'ready' ? `/users/account/exports/${id}/archive` : null,
  bytes,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  error,
})
