import type { Kind, NotificationJson } from '../../shapes/notifications'
import type { PostJson } from '../../shapes/posts'
import type { Translate } from '../../views/words'
import type { App } from '../context'
import type { ViewerContext } from '../http/viewer-context'
import { listInbox } from '../inbox/model'
import { notificationJson } from '../notifications/json'
import { listNotifications } from '../notifications/model'
import type { Person } from '../ports/people'
import { postJson } from '../posts/json'

/** A time span in milliseconds, without `after` itself, which the mail before covered. */
type Span = { after: number; upTo: number }
const MOST = 20

/** Formats rows for a mail, which has no links to pictures. */
const reading = (viewer: Person, t: Translate): ViewerContext => ({
  viewer,
  t,
  urlOf: () => '',
  remembered: (_file, _from, _forAnyone, make) => make(),
})

const isIn = ({ after, upTo }: Span, at: string | null) =>
  at !== null && Date.parse(at) > after && Date.parse(at) <= upTo

/** Finds the posts in the user's inbox that were published in the span and are still unread. */
export async function newPosts(
  { db }: Pick<App, 'db'>,
  user: Person,
  span: Span,
  t: Translate,
): Promise<{ posts: PostJson[]; more: boolean }> {
  const { items } = await listInbox(db, user, { limit: 2 * MOST, cursor: { at: new Date(span.upTo + 1), id: 0 } })
  const unread = items
    .map((row) => postJson(row, reading(user, t)))
    .filter(({ read, publishedAt }) => !read && isIn(span, publishedAt))
  return { posts: unread.slice(0, MOST), more: unread.length > MOST }
}

/** The unread notifications of a span of time that the person wants by mail, newest first. */
export async function unreadNotices(
  { db }: Pick<App, 'db'>,
  user: Person,
  span: Span,
  t: Translate,
  isWanted: (kind: Kind) => boolean,
): Promise<NotificationJson[]> {
  const { items } = await listNotifications(db, user, { limit: 100, cursor: { at: new Date(span.upTo + 1), id: 0 } })
  const all = items.map((row) => notificationJson(row, reading(user, t)))
  return all.filter(({ read, at, kind }) => !read && isIn(span, at) && isWanted(kind)).slice(0, MOST)
}
