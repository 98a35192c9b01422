import type { Effect, FlagField, FlagOutcome } from '../../shapes/words'
import type { Translate } from '../words'

export const effectNames = (t: Translate): Record<Effect, string> => ({
  refuse: t('Refuse the text'),
  hold: t('Hold it for the staff'),
  mark: t('Publish it and tell the staff'),
})

export const flagOutcomeNames = (t: Translate): Record<FlagOutcome, string> => ({
  allowed: t('Shown'),
  removed: t('Removed'),
})

export const fieldNames = (t: Translate): Record<FlagField, string> => ({
  caption: t('Caption by'),
  comment: t('Comment by'),
  displayName: t('Name of'),
  bio: t('Bio of'),
})
