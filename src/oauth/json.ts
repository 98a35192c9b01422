import type { AllowedAppJson, AppJson } from '../../shapes/apps'
import type { AllowedApp } from '../sessions/app-grants'
import type { AppRow } from './table'

/** An app without its secret. It is confidential if it has one. */
export const appJson = ({ id, clientId, name, site, redirectUris, secretHash, createdAt }: AppRow): AppJson => ({
  id,
  clientId,
  name,
  site,
  redirectUris,
  confidential: secretHash !== null,
  createdAt: createdAt.toISOString(),
})

export const allowedAppJson = ({ app, scopes, createdAt, usedAt }: AllowedApp): AllowedAppJson => ({
  ...app,
  scopes,
  createdAt: createdAt.toISOString(),
  lastUsedAt: usedAt?.toISOString() ?? null,
})
