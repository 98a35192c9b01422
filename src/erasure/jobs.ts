import { eraseAppealsOf } from '../appeals/model'
import { eraseBlocksOf } from '../blocks/model'
import { eraseCheckoutsOf } from '../coins/checkouts/model'
import { erasePayoutsOf } from '../coins/payouts/decide'
import { eraseTopupsOf } from '../coins/topups/model'
import { eraseCollectionsOf } from '../collections/remove'
import type { App } from '../context'
import type { Tx } from '../db/open'
import { eraseFilesOf } from '../files/model'
import { eraseFollowsOf } from '../follows/model'
import { eraseHappeningsOf } from '../happenings/model'
import { eraseHooksOf } from '../hooks/model'
import { eraseInboxOf } from '../inbox/model'
import { endInvitesOf } from '../invites/model'
import type { Handler } from '../jobs/handler'
import { eraseLibraryOf } from '../library/erase'
import { eraseRequestsOf } from '../library/requests/model'
import { endLooksOf } from '../looks/end'
import { eraseMailingsOf } from '../mailings/model'
import { eraseMutedPostsOf } from '../muted-posts/model'
import { eraseMutedWordsOf } from '../muted-words/model'
import { eraseMutesOf } from '../mutes/model'
import { eraseNotificationsOf } from '../notifications/model'
import { eraseNoticeSettingsOf } from '../notifications/settings/model'
import { eraseActsOf } from '../notifications/take-back'
import { eraseAppsOf } from '../oauth/apps'
import type { Person } from '../ports/people'
import { eraseBookmarksOf } from '../posts/bookmarks/model'
import { eraseCommentsOf } from '../posts/comments/erase'
import { erasePostsOf } from '../posts/delete'
import { eraseDraftOf } from '../posts/draft/model'
import { eraseLikesOf } from '../posts/likes/model'
import { eraseMentionsOf } from '../posts/mentions/model'
import { eraseSubscriptionsOf } from '../push/model'
import { eraseReportsOf } from '../reports/model'
import { eraseTokensOf } from '../sessions/personal-tokens'
import { eraseExportsOf } from '../users/exports/model'
import { findPerson } from '../users/model'
import { eraseFlagsOf } from '../words/flags'

/** Erases a chunk; returns true when there may be more. */
type Step = (tx: Tx, user: Person, now: Date) => Promise<boolean>

const steps: Step[] = [
  eraseExportsOf,
  erasePostsOf,
  eraseCommentsOf,
  eraseLikesOf,
  eraseDraftOf, // names a collection
  eraseCollectionsOf,
  eraseBookmarksOf,
  eraseMentionsOf,
  eraseLibraryOf,
  endLooksOf,
  eraseRequestsOf,
  eraseFilesOf,
  eraseFollowsOf,
  eraseInboxOf,
  eraseNotificationsOf,
  eraseHappeningsOf,
  eraseMailingsOf,
  eraseSubscriptionsOf,
  eraseNoticeSettingsOf,
  endInvitesOf,
  eraseBlocksOf,
  eraseMutesOf,
  eraseMutedPostsOf,
  eraseMutedWordsOf,
  eraseReportsOf,
  eraseFlagsOf,
  eraseAppealsOf,
  eraseTopupsOf,
  eraseCheckoutsOf,
  erasePayoutsOf,
  eraseHooksOf,
  eraseAppsOf,
  eraseTokensOf,
]

/** Erases what a deleted account leaves behind, one chunk per transaction. Each step is safe to repeat. */
export const erase: Handler<'users.erase'> = {
  async run(app: App, { payload }, signal) {
    const { db, write, now } = app
    const user = await findPerson(db, payload.userId)
    for (const step of steps) while (await write((tx) => step(tx, user, now()))) signal.throwIfAborted()
    await eraseActsOf(app, user, signal)
  },
}
