import type { NotificationJson } from '../../shapes/notifications'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Avatar } from '../parts/avatar'
import { Empty } from '../parts/empty'
import { Icon } from '../parts/icon'
import { MarkRead } from '../parts/mark-read'
import { More } from '../parts/more'
import { NewerPill } from '../parts/pill'
import { Thumb } from '../parts/thumb'
import { Ago, Day, dayKey } from '../parts/time'
import { ICONS, sentenceOf } from './sentence'

type List = { items: NotificationJson[]; next: string | null; after?: string | undefined }

function Item({ item }: { item: NotificationJson }) {
  const { t } = useFrame()
  const [actor] = item.actors
  return (
    <a class={item.read ? 'row' : 'row unread'} href={item.url}>
      <span class="notice-mark">
        {actor && <Avatar user={actor} size={44} />}
        <Icon name={ICONS[item.kind]} {...(actor && { size: 16 as const })} />
      </span>
      <span class="what">
        <span>{sentenceOf(item, t)}</span>
        <span class="hint">
          <Ago at={item.at} />
        </span>
      </span>
      {item.post && <Thumb post={item.post} />}
      {!item.read && (
        <span class="dot">
          <span class="unseen">{t('New')}</span>
        </span>
      )}
    </a>
  )
}

/** `after` is the time of the last notification on the previous page, whose day already has a heading. */
export function NotificationsPart({ items, next, after }: List) {
  const days = [after, ...items.map(({ at }) => at)].map((at) => at && dayKey(at))
  return (
    <>
      {items.map((item, at) => (
        <>
          {days[at + 1] !== days[at] && (
            <h2 class="day">
              <Day at={item.at} />
            </h2>
          )}
          <Item item={item} />
        </>
      ))}
      <More next={next} />
    </>
  )
}

export function NotificationsPage({ items, next, unread }: List & { unread: number }) {
  const t = useT()
  const newest = items[0]?.at
  const actions = (
    <>
      {items.some(({ read }) => !read) && newest && <MarkRead list="notifications" upTo={newest} />}
      <a class="icon-button" href="/notifications/settings" aria-label={t('Notification settings')}>
        <Icon name="settings" />
      </a>
    </>
  )
  return (
    <Layout title={t('Notifications')} actions={actions}>
      <NewerPill list="notifications" href="/notifications" known={unread} />
      {items.length ? (
        <div class="rows notices">
          <NotificationsPart items={items} next={next} />
        </div>
      ) : (
        <Empty icon="bell" text={t('No notifications yet. When someone follows you, you will see it here.')} />
      )}
    </Layout>
  )
}
