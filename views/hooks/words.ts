import type { HookDeliveryJson, HookEvent } from '../../shapes/hooks'
import type { Translate } from '../words'

/** The names of the events that a hook is told of. */
export const eventText = (t: Translate, event: HookEvent): string =>
  ({
    post: t('New posts that I may see'),
    comment: t('Comments on my posts and answers to me'),
    like: t('Likes of my posts'),
    follow: t('New followers'),
    purchase: t('Sales of my posts'),
    tip: t('Tips for me'),
    report: t('Reports to the staff'),
  })[event]

/** Why an attempt failed. */
export function reasonText(t: Translate, detail: string | null): string {
  const [, status] = /^answered (\d+)$/.exec(detail ?? '') ?? []
  if (status) return t('The address answered with status {status}.', { status })
  if (detail === 'timeout') return t('The address did not answer in time.')
  if (detail === 'forbidden address') return t('This address is not on the public internet.')
  return t('The address could not be reached.')
}

export function outcomeText(t: Translate, { outcome, detail, attempts }: HookDeliveryJson): string {
  if (outcome === 'delivered') return t('Delivered')
  if (outcome === 'dropped') return t('Not sent, since it is no longer visible')
  if (outcome === 'failed') return t('Given up: {why}', { why: reasonText(t, detail) })
  return attempts ? t('{why} It will be tried again.', { why: reasonText(t, detail) }) : t('It is on its way.')
}
