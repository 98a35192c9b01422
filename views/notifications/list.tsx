import type { NotificationJson } from '../../src/notifications/json'
import { type Frame, useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Avatar } from '../parts/avatar'
import { Empty } from '../parts/empty'
import { Icon } from '../parts/icon'
import { MarkRead } from '../parts/mark-read'
import { More } from '../parts/more'
import { Picture } from '../parts/picture'
import { Ago } from '../parts/time'

type List = { items: NotificationJson[]; next: string | null }

export const NotificationsPart = ({ items, next }: List) => (
  <>
    {items.map((item) => (
      <Item item={item} />
    ))}
    <More next={next} />
  </>
)

function Item({ item }: { item: NotificationJson }) {
  const { t } = useFrame()
  const [actor] = item.actors
  const file = item.post?.files[0]
  return (
    <a class={item.read ? 'row' : 'row unread'} href={item.url}>
      {actor && item.kind !== 'file_failed' ? (
        <Avatar user={actor} size={44} />
      ) : (
        <Icon name={item.kind === 'refund' ? 'coins' : 'triangle-alert'} />
      )}
      <span class="what">
        <span>{sentence(item, t)}</span>
        <span class="hint">
          <Ago at={item.at} />
        </span>
      </span>
      {file && (
        <span class="thumb">
          <Picture file={file} use="thumb" decorative />
        </span>
      )}
      {!item.read && (
        <span class="dot">
          <span class="unseen">{t('New')}</span>
        </span>
      )}
    </a>
  )
}

function sentence({ kind, actors, count, coins }: NotificationJson, t: Frame['t']): string {
  const name = actors[0]?.displayName ?? t('Somebody')
  const others = count - 1
  if (kind === 'file_failed') return t('A photo or video could not be prepared. See why, and try again.')
  if (kind === 'post') return t('{name} posted something new.', { name })
  if (kind === 'refund')
    return t(
      { one: 'A post you bought was removed. You have {n} coin back.', other: 'A post you bought was removed. You have {n} coins back.' },
      { n: coins ?? 0 },
    )
  if (kind === 'purchase')
    return t({ one: '{name} bought your post for {n} coin.', other: '{name} bought your post for {n} coins.' }, { name, n: coins ?? 0 })
  if (others < 1) return t('{name} follows you now.', { name })
  return t({ one: '{name} and one other follow you now.', other: '{name} and {n} others follow you now.' }, { name, n: others })
}

export function NotificationsPage({ items, next, unread }: List & { unread: number }) {
  const t = useT()
  const newest = items[0]?.at
  return (
    <Layout title={t('Notifications')} {...(unread > 0 && newest && { actions: <MarkRead list="notifications" upTo={newest} /> })}>
      {items.length ? (
        <div class="rows">
          <NotificationsPart items={items} next={next} />
        </div>
      ) : (
        <Empty icon="bell" text={t('Nothing yet. When somebody follows you, it says so here.')} />
      )}
    </Layout>
  )
}
