import type { Settings } from '../../shapes/settings'
import type { Role } from '../../shapes/users'

export type QuotaSettings = Pick<Settings, 'quotaMb' | 'moderatorQuotaMb' | 'adminQuotaMb'>

/** How many bytes people of each role can store. A role without a quota of its own has that of members. */
export type Quotas = Record<Role, number>

const MB = 1024 ** 2

/** The quotas of the roles in bytes. Settings hold them in megabytes of 1024² bytes. */
export const quotasOf = ({ quotaMb, moderatorQuotaMb, adminQuotaMb }: QuotaSettings): Quotas => ({
  member: quotaMb * MB,
  moderator: (moderatorQuotaMb ?? quotaMb) * MB,
  admin: (adminQuotaMb ?? quotaMb) * MB,
})

/** How many bytes one person can store: what the staff gave them, or what their role has. */
export const quotaOf = ({ role, quotaMb }: { role: Role; quotaMb: number | null }, settings: QuotaSettings): number =>
  quotaMb === null ? quotasOf(settings)[role] : quotaMb * MB
