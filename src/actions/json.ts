import type { ActionJson } from '../../shapes/actions'
import type { ActionRow } from './model'

export const actionJson = ({ action: { id, at, kind, reason, detail }, by, on }: ActionRow) =>
  ({ id, at: at.toISOString(), kind, by, on, reason, detail }) as ActionJson
