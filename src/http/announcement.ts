import type { Context } from 'hono'
import type { Settings } from '../../shapes/settings'
import type { Env } from '../context'
import { isoIn } from '../time-zone'
import { isHttps } from './client'
import { hostCookieIn, setHostCookie } from './host-cookie'

/** The text of the host, and the mark by which a browser remembers that somebody closed this text. */
export type Announcement = { text: string; mark: string }

const COOKIE = 'announcement'
/** Browsers keep a cookie for 400 days at most. */
const LONGEST_S = 400 * 24 * 3600

/** Whether the host writes announcements to this person: to members, or also to whoever has no account. */
export const isAnnouncedTo = (c: Context<Env>): boolean =>
  !!c.var.viewer || c.var.app.settings().announcementFor === 'everyone'

/**
 * The announcement of the host, up to the end of its last day in the time zone of the community; null when there is none,
 * when it is not for this person, or when it was closed in this browser. Another text has another mark, so it is shown
 * again.
 */
export function announcementIn(c: Context<Env>): Announcement | null {
  if (!isAnnouncedTo(c)) return null
  const current = currentAnnouncement(c.var.app.settings(), c.var.app.now())
  return current && hostCookieIn(c.req.raw, COOKIE, isHttps(c)) !== current.mark ? current : null
}

/** Closes the announcement with this mark in this browser. A text that the host has changed since then stays. */
export function closeAnnouncement(c: Context<Env>, mark: string | undefined): void {
  const current = currentAnnouncement(c.var.app.settings(), c.var.app.now())
  if (current && (mark ?? current.mark) === current.mark) setHostCookie(c, COOKIE, current.mark, LONGEST_S)
}

function currentAnnouncement(settings: Settings, now: Date): Announcement | null {
  const { announcement: text, announcementUntil: until, timeZone } = settings
  const isOver = until !== null && isoIn(now, timeZone).slice(0, 10) > until
  if (!text || isOver) return null
  return { text, mark: new Bun.CryptoHasher('sha256').update(text).digest('base64url').slice(0, 16) }
}
