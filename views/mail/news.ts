import type { NotificationJson } from '../../shapes/notifications'
import type { PostJson } from '../../shapes/posts'
import { sentenceOf } from '../notifications/sentence'
import { contentsText } from '../parts/contents'
import { cut } from '../words/cut'
import { isolate } from '../words/isolate'
import type { Letter, Paper, Part } from './letter'

type Posts = { posts: PostJson[]; more: boolean }
type News = { paper: Paper; notices: NotificationJson[]; unsubscribe: string }

/** The number of characters of a caption that are quoted. */
const CAPTION = 160

/**
 * The digest of new posts and notifications. It contains no pictures, so that paid photos stay hidden and nobody can
 * find out when the mail was opened.
 */
export function digestLetter({ paper, posts, more, notices, unsubscribe }: News & Posts): Letter {
  const { t, siteName, origin } = paper
  const names = [...new Set(posts.map(({ author }) => author.displayName))]
  const preview = names.length
    ? t('New from {names}', {
        names: names
          .slice(0, 3)
          .map((name) => isolate(name, t.dir))
          .join(', '),
      })
    : sentenceOf(notices[0]!, t)
  return {
    subject: t('New at {name}', { name: siteName }),
    preview,
    parts: [
      ...(posts.length
        ? [{ heading: t('New posts from people you follow') }, { items: posts.map((post) => postItem(post, paper)) }]
        : []),
      ...(more
        ? [{ hint: t('There are more new posts.'), link: { label: t('Go to the inbox'), href: `${origin}/inbox` } }]
        : []),
      ...(notices.length ? [{ heading: t('Notifications') }, noticeItems(notices, paper)] : []),
      {
        button: t('Open {name}', { name: siteName }),
        href: posts.length ? `${origin}/inbox` : `${origin}/notifications`,
      },
    ],
    why: t('You are getting this digest because you turned it on.'),
    unsubscribe: { label: t('Unsubscribe from digests'), href: unsubscribe },
  }
}

/** A mail about one or more notifications. The subject is the only notification, or else their number. */
export function noticesLetter({ paper, notices, unsubscribe }: News): Letter {
  const { t, siteName, origin } = paper
  const [first] = notices
  const one = notices.length === 1 && first
  return {
    subject: one
      ? sentenceOf(one, t)
      : t({ one: '{n} new notification', other: '{n} new notifications' }, { n: notices.length }),
    preview: one ? contentOf(one, paper) : sentenceOf(first!, t),
    parts: [
      ...(one ? (contentOf(one, paper) ? [{ text: contentOf(one, paper) }] : []) : [noticeItems(notices, paper)]),
      one
        ? { button: t('Take a look'), href: origin + one.url }
        : { button: t('Open {name}', { name: siteName }), href: `${origin}/notifications` },
    ],
    why: t('You are getting this mail because you turned on notifications by mail.'),
    unsubscribe: { label: t('Unsubscribe from these mails'), href: unsubscribe },
  }
}

const contentOf = ({ post }: NotificationJson, { t }: Paper) =>
  post ? cut(post.caption, CAPTION, t.locale) || contentsText(post, t) : ''

const noticeItems = (notices: NotificationJson[], paper: Paper): Part => ({
  items: notices.map((notice) => ({
    title: sentenceOf(notice, paper.t),
    text: contentOf(notice, paper),
    href: paper.origin + notice.url,
  })),
})

function postItem(post: PostJson, { t, origin, hasCoins }: Paper) {
  const price = post.locked && hasCoins ? [t({ one: 'for {n} coin', other: 'for {n} coins' }, { n: post.price })] : []
  const text = [contentsText(post, t), ...price, cut(post.caption, CAPTION, t.locale)].filter(Boolean).join(' · ')
  return { title: post.author.displayName, text, href: `${origin}/posts/${post.id}` }
}
