import type { Role } from '../../shapes/users'
import type { Translate } from '../words'

export const roleNames = (t: Translate): Record<Role, string> => ({
  member: t('Member'),
  moderator: t('Moderator'),
  admin: t('Administrator'),
})
