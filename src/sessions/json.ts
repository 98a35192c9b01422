import type { SessionJson } from '../../shapes/sessions'
import type { Session } from './table'

export const sessionJson = ({ id, name, createdAt, lastSeenAt }: Session, currentId: number): SessionJson => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  current: id === currentId,
})
