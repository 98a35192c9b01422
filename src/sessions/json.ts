import type { SessionJson } from '../../shapes/sessions'
import { deviceName } from '../push/device'
import type { Session } from './table'

/** `currentId` is the session of this request. */
export const sessionJson = (
  { id, name, createdAt, lastSeenAt, passkeyAt }: Session,
  currentId: number,
): SessionJson => ({
  id,
  name,
  device: deviceName(name),
  passkey: passkeyAt !== null,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  current: id === currentId,
})
