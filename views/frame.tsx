import { AsyncLocalStorage } from 'node:async_hooks'
import type { IconName } from '../shapes/mark'
import type { PageName } from '../shapes/pages'
import type { AccountJson } from '../shapes/users'
import { type Translate, translateInto } from './words'

/** Data that every page needs: the viewer, their language, their unread counts and the settings of the community. */
export type Frame = {
  t: Translate
  viewer: AccountJson | null
  unread: { inbox: number; notifications: number }
  /** Whether coins are in use in this community. */
  hasCoins: boolean
  /** Whether the server is set up to send mail. */
  hasMail: boolean
  /** Whether the viewer has used a passkey within the last minutes, so that no password is asked for. */
  proven: boolean
  /** The pages that the host has written. */
  pages: PageName[]
  /** Whether the viewer still has to agree to what the host wrote or changed. */
  asksToAgree: boolean
  /** Whether the viewer has to confirm an email address before they take part. */
  mustConfirm: boolean
  /** The coins that the viewer can spend; null when coins are off or nobody is signed in. */
  coins: number | null
  /** The time zone in which days and times are shown. */
  timeZone: string
  /** The time at which the page was requested. */
  now: Date
  /** Whether this person may look around: the community is public, or they are a member. */
  mayLook: boolean
  /** Path of the requested address, without the query. */
  path: string
  /** The query of the requested address with its question mark; empty if there is none. */
  query: string
  /** Position in the event log when the page was requested. The page listens for events from there on. */
  since: string
  /** The mark of the last sign-out in this browser; see `assets/left.ts`. */
  left: string
  siteName: string
  /** The mark that the host chose, with the addresses of its icons; null for the default mark. */
  mark: { urlOf: (icon: IconName) => string } | null
  /** The text about refunds that buyers read. */
  refundText: string
  /** The age that the viewer still has to confirm before buying coins; null when there is none. */
  buyerAge: number | null
  /** The age from which somebody is an adult here, and where years count, the last year of birth that is old enough. */
  adults: { age: number; bornBy: number | null }
  /** The host's description of the community; empty if the host has not written it. */
  description: string
  /** The welcome of the host for a new member as HTML; null if there is none, or it was ended. */
  welcome: string | null
  /**
   * The announcement at the top of every page, with the mark of its text; null if there is none, if its last day has
   * passed, if it is for members only and nobody is signed in, or if it was closed in this browser.
   */
  announcement: { text: string; mark: string } | null
  /** Lines that the host shows at the foot of every page. */
  business: string
  /** Public key for push subscriptions; null when nobody is signed in. */
  pushKey: string | null
  sourceUrl: string
  version: string
  /**
   * Maps a file name in `assets/` to the address where it is served. The address changes with the content of the file.
   */
  assetUrl: (name: string) => string
  /**
   * Address of the stylesheet with the accent colour that staff chose (see `theme.ts`); null for the default colour.
   */
  themeUrl: string | null
}

/** The frame outside of a request. */
const nobody: Frame = {
  t: translateInto('en'),
  viewer: null,
  unread: { inbox: 0, notifications: 0 },
  hasCoins: false,
  hasMail: false,
  proven: false,
  pages: [],
  asksToAgree: false,
  mustConfirm: false,
  coins: null,
  mayLook: false,
  path: '/',
  query: '',
  timeZone: 'UTC',
  now: new Date(0),
  since: '',
  left: '',
  siteName: 'Pinhole',
  mark: null,
  refundText: '',
  buyerAge: null,
  adults: { age: 18, bornBy: null },
  description: '',
  welcome: null,
  announcement: null,
  business: '',
  pushKey: null,
  sourceUrl: '',
  version: '',
  assetUrl: (name) => `/assets/${name}`,
  themeUrl: null,
}

const frames = new AsyncLocalStorage<Frame>()

/** Renders a page, or a part of one, with the frame of this request. A form may wait for what it shows meanwhile. */
export const withFrame = <T,>(frame: Frame, render: () => T): T => frames.run(frame, render)

export const useFrame = () => frames.getStore() ?? nobody
export const useT = () => useFrame().t
