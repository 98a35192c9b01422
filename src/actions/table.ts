import type { ActionKind } from '../../shapes/actions'
import { id, json, ref, str, table, time } from '../db/columns'

/** Each row records something that the staff or the command line did. Triggers refuse to change or delete a row. */
export const actions = table('actions', {
  id: id<'action'>(),
  at: time().notNull(),
  kind: str().$type<ActionKind>().notNull(),
  /** Null is the command line. */
  staffId: ref<'user'>(),
  /** The person whom it concerns, if there is one. */
  userId: ref<'user'>(),
  reason: str(),
  detail: json<object>().notNull().default({}),
})
