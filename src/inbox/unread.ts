import type { Store } from '../db/open'
import { isAnnouncement } from '../db/tell'
import type { UnreadPosts } from '../ports/inbox'
import { countUnreadPosts } from './model'

/**
 * Remembers the number of unread posts of each person, because every page shows the number and counting takes as long as
 * a list of posts. Each transaction that changes the number tells the person's open pages. The announcement reaches this
 * memory, too, before the caller learns of the commit. Servers that share a database hear of each other's commits a
 * moment later, so they count every time.
 */
export function createUnreadPosts({ db, onSaid, onChange, isShared }: Store): UnreadPosts {
  if (isShared) return (me) => countUnreadPosts(db, me)
  const known = new Map<number, number>()
  /** Grows whenever numbers are forgotten, so that a number counted before is not remembered afterwards. */
  let version = 0
  const forgetAll = () => {
    version++
    known.clear()
  }
  onSaid((said) => {
    for (const each of said) {
      if (!isAnnouncement(each) || each.kind !== 'inbox') continue
      if (typeof each.to !== 'object' || !('userId' in each.to)) return forgetAll()
      version++
      known.delete(each.to.userId)
    }
  })
  onChange(({ foreign }) => {
    if (foreign) forgetAll()
  })
  return async (me) => {
    const remembered = known.get(me.id)
    if (remembered !== undefined) return remembered
    const before = version
    const count = await countUnreadPosts(db, me)
    if (version === before) known.set(me.id, count)
    return count
  }
}
