import type { Kind } from '../../shapes/notifications'
import type { IconName } from '../parts/icons'
import type { Translate } from '../words'

type SentenceParts = {
  kind: Kind
  count: number
  coins?: number | undefined
  note?: string | undefined
  /** The newest actor comes first. */
  actors: { displayName: string }[]
}

export const ICONS: Record<Kind, IconName> = {
  post: 'image',
  follow: 'user-round-plus',
  request: 'user-round-plus',
  accepted: 'check',
  like: 'heart',
  comment: 'message-circle',
  mention: 'at-sign',
  purchase: 'shopping-bag',
  tip: 'hand-coins',
  gift: 'gift',
  look: 'eye',
  refund: 'undo-2',
  payout: 'banknote',
  file_failed: 'triangle-alert',
  report: 'flag',
  staff: 'megaphone',
}

/** A notification as one sentence, which pages, push notifications and mails all use. */
export function sentenceOf(parts: SentenceParts, t: Translate): string {
  const { kind, actors, count, coins = 0, note } = parts
  const name = actors[0]?.displayName ?? t('Someone')
  const more = { name, n: count - 1 }
  const money = { name, n: coins, others: count - 1 }
  switch (kind) {
    case 'post':
      return t('{name} posted something new.', { name })
    case 'follow':
      return count > 1
        ? t(
            {
              one: '{name} and one other started following you.',
              other: '{name} and {n} others started following you.',
            },
            more,
          )
        : t('{name} started following you.', more)
    case 'request':
      return count > 1
        ? t({ one: '{name} and one other ask to follow you.', other: '{name} and {n} others ask to follow you.' }, more)
        : t('{name} asks to follow you.', more)
    case 'accepted':
      return t('{name} lets you follow them now.', { name })
    case 'like':
      return count > 1
        ? t({ one: '{name} and one other liked your post.', other: '{name} and {n} others liked your post.' }, more)
        : t('{name} liked your post.', more)
    case 'comment':
      return count > 1
        ? t(
            { one: '{name} and one other commented on a post.', other: '{name} and {n} others commented on a post.' },
            more,
          )
        : t('{name} commented on a post.', more)
    case 'mention':
      return t('{name} mentioned you.', { name })
    case 'report':
      return count > 1
        ? t(
            { one: '{name} and one other reported something.', other: '{name} and {n} others reported something.' },
            more,
          )
        : t('{name} reported something.', more)
    case 'purchase':
      return count > 1
        ? t('{name} and {others} more bought your post for {n} coins in total.', money)
        : t({ one: '{name} bought your post for {n} coin.', other: '{name} bought your post for {n} coins.' }, money)
    case 'tip':
      return count > 1
        ? t('{name} and {others} more tipped you {n} coins in total.', money)
        : t({ one: '{name} tipped you {n} coin.', other: '{name} tipped you {n} coins.' }, money)
    case 'look':
      return t(
        {
          one: '{name} paid {n} coin to show your post to a guest.',
          other: '{name} paid {n} coins to show your post to a guest.',
        },
        money,
      )
    case 'gift':
      return t('{name} gave you a post.', { name })
    case 'refund':
      return (
        note ??
        t(
          {
            one: 'A post you paid for was refunded. You got {n} coin back.',
            other: 'A post you paid for was refunded. You got {n} coins back.',
          },
          money,
        )
      )
    case 'payout': {
      const said = coins
        ? t({ one: 'Your payout of {n} coin was paid.', other: 'Your payout of {n} coins was paid.' }, money)
        : t('Your payout was refused. The coins are back in your wallet.')
      return note ? `${said} ${note}` : said
    }
    case 'file_failed':
      return t('A photo or video could not be processed. See why and try again.')
    case 'staff':
      return note ? t(note) : t('You have a message from the staff.') // some notes are sentences of the program
  }
}
