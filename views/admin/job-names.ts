import type { JobKind } from '../../src/jobs/kinds'
import type { Translate } from '../words'

/** The name of each kind of job, for hosts who do not read the source. */
const jobNames = (t: Translate): Record<JobKind, string> => ({
  'files.process': t('Prepare a photo or video'),
  'files.convert': t('Convert a video'),
  'files.ladder': t('Make the copies of a video'),
  'files.erase': t('Erase a deleted file'),
  'copies.drop': t('Drop the copies of videos'),
  'copies.make': t('Make the missing copies of videos'),
  'files.shrink': t('Erase the copies of a video'),
  'files.tidy': t('Erase replaced subtitles'),
  'follows.accept': t('Accept requests to follow'),
  'inbox.deliver': t('Deliver a post to inboxes'),
  'inbox.backfill': t('Add earlier posts to an inbox'),
  'inbox.withdraw': t('Take the posts of an unfollowed member out of an inbox'),
  'inbox.retract': t('Take a deleted post out of inboxes'),
  'notifications.announce': t('Notify followers of a post'),
  'posts.forget': t('Erase what belongs to a deleted post'),
  'posts.publish': t('Publish a scheduled post'),
  'library.refund': t('Refund the buyers of a removed post'),
  'library.show': t('Complete a purchase'),
  'checkouts.ask': t('Check a payment'),
  'push.send': t('Send push notifications'),
  'hooks.send': t('Send to a webhook'),
  'hooks.spread': t('Tell webhooks of a post'),
  'users.erase': t('Erase a deleted account'),
  'exports.make': t('Collect the data of a member'),
  'exports.erase': t('Erase the collected data of a member'),
  'upkeep.sweep': t('Delete expired data'),
  'backups.make': t('Make a backup'),
  'search.fill': t('Index posts and people for the search'),
  'mail.verify': t('Mail: address to confirm'),
  'mail.moved': t('Mail: address changed'),
  'mail.forgot': t('Mail: password forgotten'),
  'mail.reset': t('Mail: link for a new password'),
  'mail.password': t('Mail: password changed'),
  'mail.leaving': t('Mail: account deleted'),
  'mail.factor': t('Mail: two-step verification changed'),
  'mail.device': t('Mail: sign-in on a new device'),
  'mail.passkey': t('Mail: passkeys changed'),
  'mail.appeal': t('Mail: appeal decided'),
  'mail.decision': t('Mail: decision about a new member'),
  'mail.rounds': t('Find out who gets mail about news'),
  'mail.digest': t('Mail: digest'),
  'mail.notices': t('Mail: notifications'),
})

/** The name of a kind of job. A kind that only another version has is shown as it is. */
export const jobName = (kind: string, t: Translate): string =>
  (jobNames(t) as Record<string, string | undefined>)[kind] ?? kind
