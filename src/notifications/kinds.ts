import { KINDS, type Kind } from '../../shapes/notifications'

/** The condition under which a notification about a post is shown. */
export type Needs =
  /** About money, files or the staff: the notification stays when the post is gone or hidden. It never shows the post then. */
  | 'nothing'
  /** The recipient may see the post. */
  | 'visible post'
  /** The recipient may see the post and has not muted its author. */
  | 'offered post'
  /** The recipient belongs to the staff, since the notification says who reported something. */
  | 'staff'

export type KindRules = {
  /** People who do the same to the same post share one notification. Other kinds are shown one by one. */
  gathers: boolean
  needs: Needs
  /** How urgent a push is: a low one does not wake a phone that is asleep. */
  urgency: 'low' | 'normal'
}

/** The only place that says how kinds differ. The compiler refuses a new kind until it has its rules. */
export const KIND_RULES: Record<Kind, KindRules> = {
  post: { gathers: false, needs: 'offered post', urgency: 'normal' },
  follow: { gathers: true, needs: 'nothing', urgency: 'low' },
  request: { gathers: true, needs: 'nothing', urgency: 'low' },
  accepted: { gathers: false, needs: 'nothing', urgency: 'low' },
  like: { gathers: true, needs: 'visible post', urgency: 'low' },
  comment: { gathers: true, needs: 'visible post', urgency: 'normal' },
  mention: { gathers: false, needs: 'visible post', urgency: 'normal' },
  purchase: { gathers: true, needs: 'nothing', urgency: 'normal' },
  tip: { gathers: true, needs: 'nothing', urgency: 'normal' },
  look: { gathers: false, needs: 'nothing', urgency: 'normal' },
  gift: { gathers: false, needs: 'nothing', urgency: 'normal' },
  refund: { gathers: false, needs: 'nothing', urgency: 'normal' },
  payout: { gathers: false, needs: 'nothing', urgency: 'normal' },
  file_failed: { gathers: false, needs: 'nothing', urgency: 'normal' },
  report: { gathers: true, needs: 'staff', urgency: 'normal' },
  staff: { gathers: false, needs: 'nothing', urgency: 'normal' },
}

/** See `gathers` of `KindRules`. */
export const isGathered = (kind: Kind): boolean => KIND_RULES[kind].gathers

/** The kinds of notifications that are shown under this condition. */
export const kindsThatNeed = (needs: Needs): Kind[] => KINDS.filter((kind) => KIND_RULES[kind].needs === needs)
