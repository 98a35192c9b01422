import { createContext, useContext } from 'hono/jsx'
import type { AccountJson } from '../shapes/users'
import { createTranslate, type Translate } from './words'

/** What every page stands in: who looks, in which language, and what waits for them. */
export type Frame = {
  t: Translate
  viewer: AccountJson | null
  unread: { inbox: number; notifications: number }
  /** Whether anything costs coins here at all. */
  hasCoins: boolean
  /** Whether mail is sent from here. */
  hasMail: boolean
  /** What the viewer may spend; null where coins are off, and for a stranger. */
  coins: number | null
  /** The address asked for, without its query. */
  path: string
  /** Where the log of events was when this page was asked for: from there on it listens. */
  since: string
  siteName: string
  /** What this browser subscribes to pushes with; null for a stranger. */
  pushKey: string | null
  sourceUrl: string
  version: string
  /** Where a file of `assets/` is served: its name there to its address, which changes with what is in it. */
  assetUrl: (name: string) => string
  /** A stylesheet with the accent staff chose, see `theme.ts`; null while it is ours. */
  themeUrl: string | null
}

export const FrameContext = createContext<Frame>({
  t: createTranslate('en'),
  viewer: null,
  unread: { inbox: 0, notifications: 0 },
  hasCoins: false,
  hasMail: false,
  coins: null,
  path: '/',
  since: '',
  siteName: 'Pinhole',
  pushKey: null,
  sourceUrl: '',
  version: '',
  assetUrl: (name) => `/assets/${name}`,
  themeUrl: null,
})

export const useFrame = () => useContext(FrameContext)
export const useT = () => useFrame().t
