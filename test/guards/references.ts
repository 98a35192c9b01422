import type { Database } from 'bun:sqlite'
import { foreignKeys } from './schema'

export type Reference = { table: string; column: string; to: string }

/** Columns that hold an id without a foreign key: the table they refer to, and why the database does not check them. */
export const UNCHECKED: Record<string, { to: string; why: string }> = {
  'happenings.comment_id': { to: 'comments', why: 'A script may ask for a comment that is gone.' },
  'happenings.post_id': { to: 'posts', why: 'A script may ask for a post that is gone.' },
  'hook_deliveries.comment_id': { to: 'comments', why: 'A message may outlive its comment; it is dropped when due.' },
  'hook_deliveries.post_id': { to: 'posts', why: 'A message may outlive its post; it is dropped when due.' },
  'hooks.session_id': { to: 'sessions', why: 'A hook may outlive the row of its token until the next sweep.' },
  'idempotency.user_id': {
    to: 'users',
    why: 'Rows live for a day, and a check would slow down every request that may be repeated.',
  },
  'inbox.post_id': { to: 'posts', why: 'A copy that can be rebuilt, written by the thousand.' },
  'inbox.user_id': { to: 'users', why: 'A copy that can be rebuilt, written by the thousand.' },
  'jobs.owner_id': {
    to: 'users',
    why: 'A job is erased with the file that it works on; its owner only decides whose turn it is.',
  },
  'mentions.comment_id': { to: 'comments', why: '0 stands for the caption of the post.' },
  'notification_causes.comment_id': { to: 'comments', why: '0 stands for a cause that is not a comment.' },
  'notifications.comment_id': { to: 'comments', why: 'Notifications of a deleted comment are taken back.' },
  'push_subscriptions.session_id': { to: 'sessions', why: 'A subscription may outlive the row of its session.' },
  'pushes.notice_id': { to: 'notifications', why: 'A push may outlive its notification; it is dropped when due.' },
  'pushes.origin_id': { to: 'push_origins', why: 'Repeated from the subscription, which has the foreign key.' },
  'pushes.post_id': { to: 'posts', why: 'A push may outlive its post; it is dropped when due.' },
  'users.invite_id': {
    to: 'invites',
    why: 'Users and invites refer to each other, and are copied one after the other.',
  },
  'users.avatar_file_id': { to: 'files', why: 'Users and files refer to each other; a missing picture is not shown.' },
}

/** Every column that refers to another table, with or without a foreign key. */
export const references = (db: Database): Reference[] => [
  ...foreignKeys(db),
  ...Object.entries(UNCHECKED).map(([name, { to }]) => {
    const [table = '', column = ''] = name.split('.')
    return { table, column, to }
  }),
]

/** Every column that names a person. Whatever handles all data of a person has to account for each of them. */
export const peopleIn = (db: Database): Reference[] => references(db).filter(({ to }) => to === 'users')
