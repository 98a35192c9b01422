import { useFrame } from '../frame'
import { Avatar } from './avatar'
import { Icon } from './icon'
import type { IconName } from './icons'
import { Mark } from './mark'
import { Unread } from './unread'

type Place = { href: string; label: string; icon: IconName; unread?: Parameters<typeof Unread>[0]; class?: string }

/**
 * The main navigation: a bar with five links at the bottom of phones, or a rail on the left of wider screens, which has
 * room for three more. Visitors of a public community find Home and the search there.
 */
export function Nav() {
  const { t, viewer, unread, coins, siteName, mayLook } = useFrame()
  return (
    <nav class="rail" aria-label={t('Main')}>
      <a class="wordmark" href="/">
        <Mark />
        <span>{siteName}</span>
      </a>
      {viewer && (
        <ul>
          <PlaceLink href="/" label={t('Home')} icon="house" />
          <PlaceLink href="/search" label={t('Search')} icon="search" class="roomy" />
          <PlaceLink href="/inbox" label={t('Inbox')} icon="inbox" unread={{ list: 'inbox', count: unread.inbox }} />
          <PlaceLink href="/posts/new" label={t('New post')} icon="square-plus" />
          {coins !== null && <PlaceLink href="/library" label={t('Library')} icon="library" />}
          <PlaceLink
            href="/notifications"
            label={t('Notifications')}
            icon="bell"
            unread={{ list: 'notifications', count: unread.notifications }}
            {...(coins !== null && { class: 'roomy' })}
          />
          {coins !== null && <PlaceLink href="/coins" label={t('Wallet')} icon="wallet" class="roomy" />}
          <MeLink />
        </ul>
      )}
      {!viewer && mayLook && (
        <ul class="roomy">
          <PlaceLink href="/" label={t('Home')} icon="house" />
          <PlaceLink href="/search" label={t('Search')} icon="search" />
        </ul>
      )}
      {!viewer && (
        <a class="button primary" href="/sessions/new">
          {t('Sign in')}
        </a>
      )}
    </nav>
  )
}

function PlaceLink({ href, label, icon, unread, class: kind }: Place) {
  const { path } = useFrame()
  const here = path === href || (href === '/' && path === '/posts')
  return (
    <li {...(kind && { class: kind })}>
      <a href={href} {...(here && { 'aria-current': 'page' as const })} title={label}>
        <Icon name={icon} />
        <span class="place">{label}</span>
        {unread && <Unread {...unread} />}
      </a>
    </li>
  )
}

function MeLink() {
  const { t, viewer, path } = useFrame()
  if (!viewer) return null
  const href = `/users/${viewer.handle}`
  return (
    <li>
      <a href={href} {...(path === href && { 'aria-current': 'page' as const })} title={t('My profile')}>
        <Avatar user={viewer} size={24} />
        <span class="place">{t('My profile')}</span>
      </a>
    </li>
  )
}
