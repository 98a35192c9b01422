import type { Context } from 'hono'
import type { Settings } from '../shapes/settings'
import type { Frame } from '../views/frame'
import { assetUrl } from './assets/url'
import { balanceOf } from './coins/ledger'
import type { Env } from './context'
import { isUnconfirmed } from './http/access'
import { announcementIn } from './http/announcement'
import { timeZoneOf, translateOf } from './http/locale'
import { leftMark } from './http/session-cookie'
import { viewerContextOf } from './http/viewer-context'
import { markOf } from './marks/model'
import { countUnreadNotifications } from './notifications/model'
import { toHtml } from './pages/markdown'
import { isoIn } from './time-zone'
import { accountJson } from './users/json'
import { isProven } from './users/proof'
import { version } from './version'

/** The data for the frame around every page. A fragment shows no counts, so none are queried for it. */
export async function frameOf(c: Context<Env>): Promise<Frame> {
  const { viewer, format, app } = c.var
  const { siteName, accent, coins, access, business, description, refundText, buyerAge, welcome } = app.settings()
  const counts = viewer && format === 'page'
  return {
    t: translateOf(c),
    viewer: viewer && accountJson(viewer, viewerContextOf(c), app.settings()),
    unread: {
      inbox: counts ? await app.unreadPosts(viewer) : 0,
      notifications: counts ? await countUnreadNotifications(app.db, viewer) : 0,
    },
    hasCoins: coins === 'on',
    hasMail: !!app.mailer,
    proven: isProven(viewer, app.now()),
    pages: app.pages().names,
    asksToAgree: !!viewer && +(app.pages().agreedAfter ?? 0) > +(viewer.agreedAt ?? 0),
    mustConfirm: isUnconfirmed(c),
    coins: viewer && coins === 'on' ? (await balanceOf(app.db, 'member', viewer.id)).balance : null,
    mayLook: !!viewer || access === 'public',
    path: c.req.path,
    query: new URL(c.req.url).search,
    timeZone: timeZoneOf(c),
    now: app.now(),
    left: leftMark(c),
    since: c.var.since,
    siteName,
    mark: markOf(app.settings()),
    refundText,
    buyerAge: buyerAge !== null && viewer && (viewer.buyerAge ?? 0) < buyerAge ? buyerAge : null,
    adults: adultsOf(app.settings(), app.now()),
    description,
    welcome: viewer?.isNew && welcome ? await toHtml(welcome) : null,
    announcement: announcementIn(c),
    business,
    pushKey: viewer && app.push.publicKey,
    assetUrl,
    themeUrl: accent && `/theme.css?${accent.slice(1)}`,
    sourceUrl: app.config.sourceUrl,
    version,
  }
}

const adultsOf = ({ adultAge, adultBy, timeZone }: Settings, now: Date) => ({
  age: adultAge,
  bornBy: adultBy === 'year' ? Number(isoIn(now, timeZone).slice(0, 4)) - adultAge : null,
})
