import type { Context } from 'hono'
import type { AccountJson } from '../../shapes/users'
import { PostGridPart } from '../../views/users/grid'
import { ProfilePage } from '../../views/users/profile'
import type { Env } from '../context'
import { countRequests } from '../follows/requests'
import { PER_VIEWER } from '../http/answer'
import { originOf } from '../http/client'
import { nextLink, wanted, wantedOfTime } from '../http/list'
import { reply } from '../http/reply'
import { viewerContextOf } from '../http/viewer-context'
import { listPostsOf, listUnpublished } from '../posts/feed'
import { countHiddenForAge } from '../posts/for-adults'
import { postJson } from '../posts/json'
import { listPinned } from '../posts/pins/model'
import { staffAccountJson, userJson } from './json'
import { findAccount, findSeen } from './model'

/**
 * Answers with a profile and its posts, which are one page but two API calls. The viewer's own profile starts with
 * their unpublished posts.
 */
export async function profile(c: Context<Env>, handle: string) {
  const { db } = c.var.app
  const viewerContext = viewerContextOf(c)
  const row = await findSeen(db, viewerContext.viewer, handle)
  const user = userJson(row, viewerContext)
  const isList = c.req.path.endsWith('/posts')
  if (c.var.format === 'json' && !isList) return c.json(user, 200, { 'cache-control': PER_VIEWER })
  const page = await listPostsOf(db, viewerContext.viewer, row, wantedOfTime(c))
  const next = nextLink(c, page)
  const unfinished =
    user.viewer.self && c.var.format === 'page' && !c.req.query('cursor') ? await listUnpublished(db, row) : []
  const account = await accountForStaff(c, row.id)
  const requests = user.viewer.self && user.private && c.var.format === 'page' ? await countRequests(db, row) : 0
  // Pages show the pinned posts at the top and nowhere else. Scripts get all posts in one order.
  const isPage = c.var.format !== 'json'
  const pinned = isPage && !wanted(c).cursor ? await listPinned(db, viewerContext.viewer, row) : []
  const others = isPage ? page.items.filter(({ post }) => !post.pinnedAt) : page.items
  const hidden = c.var.format === 'page' ? await countHiddenForAge(db, viewerContext.viewer, row) : 0
  const posts = [...unfinished, ...pinned, ...others].map((post) => postJson(post, viewerContext))
  return reply(c, {
    json: () => ({ ...page, items: posts }),
    part: () => <PostGridPart posts={posts} next={next} />,
    page: () => (
      <ProfilePage
        user={user}
        posts={posts}
        next={next}
        account={account}
        requests={requests}
        hiddenForAge={hidden}
        {...(!viewerContext.viewer && { origin: originOf(c) })}
      />
    ),
  })
}

/** Returns the account details that the staff see on a profile. */
async function accountForStaff(c: Context<Env>, id: number): Promise<AccountJson | null> {
  const { db, settings } = c.var.app
  if (c.var.format !== 'page' || !c.var.viewer || c.var.viewer.role === 'member') return null
  return staffAccountJson(c.var.viewer, await findAccount(db, id), viewerContextOf(c), settings())
}
