import { object } from './object'
import { settingsSchema } from './settings'

type Icon = {
  /** The side in pixels. */
  side: number
  /** The part of the side that stays free at each edge, where systems crop icons to their own shape. */
  inset: number
  /** Whether the icon has no clear parts. */
  filled: boolean
}

/** The icons of the community, by the names under which the build draws the default ones. */
export const ICONS = {
  'icon-192.png': { side: 192, inset: 0, filled: false },
  'icon-512.png': { side: 512, inset: 0, filled: false },
  'maskable-512.png': { side: 512, inset: 0.14, filled: true },
  'apple-touch-icon.png': { side: 180, inset: 0.06, filled: true },
} as const satisfies Record<string, Icon>
export type IconName = keyof typeof ICONS

/** The largest picture from which the icons can be made. */
export const MOST_MARK_MB = 20

export const markSchema = object(() => ({ mark: settingsSchema.shape.mark })).meta({ id: 'Mark' })
