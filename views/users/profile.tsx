import type { PropsWithChildren } from 'hono/jsx'
import type { PostJson } from '../../shapes/posts'
import { type AccountJson, mayModerate, type UserJson } from '../../shapes/users'
import { Leaving } from '../admin/leaving'
import { StaffActions } from '../admin/staff-actions'
import { Suspended } from '../admin/suspension'
import { BlockButton } from '../blocks/button'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Avatar } from '../parts/avatar'
import { Empty } from '../parts/empty'
import { FeedLink } from '../parts/feed-link'
import { Icon } from '../parts/icon'
import { Words } from '../parts/words'
import { HiddenForAge } from '../posts/for-adults'
import { isolate } from '../words/isolate'
import { FollowButton } from './follow'
import { PostGridPart } from './grid'
import { PersonMenu } from './standing'

/** `account` is set only for staff, and `origin` for strangers of a public community. */
type Props = {
  user: UserJson
  posts: PostJson[]
  next: string | null
  account: AccountJson | null
  /** How many people ask to follow the viewer, whose profile it is. */
  requests: number
  /** How many posts the viewer does not see before they confirm their age. */
  hiddenForAge: number
  origin?: string
}

export function ProfilePage({ user, posts, next, account, requests, hiddenForAge, origin }: Props) {
  const { t, viewer } = useFrame()
  const own = user.viewer.self
  return (
    <Layout
      title={isolate(user.displayName, t.dir)}
      heading={`@${user.handle}`}
      wide
      {...(own && { actions: <AccountLinks /> })}
      head={origin && <ProfileCard user={user} origin={origin} />}
    >
      <ProfileHead user={user} />
      {requests > 0 && (
        <a class="requests-to-follow" href="/follows/requests">
          <Icon name="user-round-plus" size={20} />
          <span>
            {t({ one: '{n} person asks to follow you', other: '{n} people ask to follow you' }, { n: requests })}
          </span>
          <Icon name="chevron-right" size={20} />
        </a>
      )}
      {account && viewer && !own && mayModerate(viewer.role, account.role) && <Suspended account={account} />}
      {account && viewer?.role === 'admin' && !own && <Leaving account={account} />}
      {account && !own && <StaffActions account={account} />}
      <HiddenForAge count={hiddenForAge} handle={user.handle} />
      {user.viewer.blocked ? (
        <Empty
          icon="ban"
          text={t('You blocked {name}. You cannot see each other’s posts.', { name: user.displayName })}
        >
          <BlockButton user={user} />
        </Empty>
      ) : isHidden(user) ? (
        <Empty icon="lock" text={t('This account is private. Its followers see the posts.')} />
      ) : posts.length ? (
        <div class="grid">
          <PostGridPart posts={posts} next={next} pinned />
        </div>
      ) : own ? (
        <Empty icon="images" text={t('Your posts will appear here.')}>
          <a class="button primary" href="/posts/new">
            {t('Create the first post')}
          </a>
        </Empty>
      ) : hiddenForAge ? null : (
        <Empty icon="images" text={t('{name} has not posted anything yet.', { name: user.displayName })} />
      )}
    </Layout>
  )
}

/** Whether the viewer may not see the posts, since the account is private. */
const isHidden = ({ private: isPrivate, viewer }: UserJson) => isPrivate && !viewer.self && !viewer.following

/** What other sites show of a profile in a public community. */
function ProfileCard({ user, origin }: { user: UserJson; origin: string }) {
  const at = `/users/${user.handle}`
  return (
    <>
      <FeedLink at={at} />
      <meta property="og:type" content="profile" />
      <meta property="og:title" content={user.displayName} />
      <meta property="og:description" content={user.bio} />
      <meta property="og:url" content={origin + at} />
      {user.avatarUrl && <meta property="og:image" content={origin + user.avatarUrl} />}
    </>
  )
}

function AccountLinks() {
  const t = useT()
  return (
    <>
      <a class="icon-button" href="/sessions/accounts" aria-label={t('Switch account')}>
        <Icon name="repeat" />
      </a>
      <a class="icon-button" href="/users/account" aria-label={t('Account')}>
        <Icon name="settings" />
      </a>
    </>
  )
}

function ProfileHead({ user }: { user: UserJson }) {
  const { t, viewer, coins } = useFrame()
  if (user.viewer.blocked) return <BlockedHead user={user} />
  const at = `/users/${user.handle}`
  return (
    <section class="profile">
      <Avatar user={user} size={96} />
      <div class="about">
        <h2>
          <bdi>{user.displayName}</bdi>
          {user.private && <PrivateMark />}
        </h2>
        <p class="counts">
          {!isHidden(user) && <span>{t({ one: '{n} post', other: '{n} posts' }, { n: user.posts })}</span>}
          <Count at={!isHidden(user) && `${at}/followers`}>
            {t({ one: '{n} follower', other: '{n} followers' }, { n: user.followers })}
          </Count>
          <Count at={!isHidden(user) && `${at}/following`}>{t('{n} following', { n: user.following })}</Count>
        </p>
        {user.bio && (
          <p class="bio">
            <Words text={user.bio} />
          </p>
        )}
        <Links links={user.links} />
        <div class="buttons">
          {user.viewer.self ? (
            <>
              <a class="button" href="/users/account/profile">
                {t('Edit profile')}
              </a>
              <a class="icon-button" href={`${at}/qr`} aria-label={t('Share this profile')}>
                <Icon name="qr-code" size={20} />
              </a>
            </>
          ) : (
            viewer && (
              <>
                <FollowButton user={user} />
                {coins !== null && (
                  <a
                    class="icon-button"
                    href={`/coins/tips/new?handle=${user.handle}`}
                    aria-label={t('Tip')}
                    title={t('Tip')}
                  >
                    <Icon name="hand-coins" size={20} />
                  </a>
                )}
                <PersonMenu user={user} />
              </>
            )
          )}
        </div>
      </div>
    </section>
  )
}

/** A count, which leads to the list of the people unless the account hides it. */
const Count = ({ at, children }: PropsWithChildren<{ at: string | false }>) =>
  at ? <a href={at}>{children}</a> : <span>{children}</span>

function PrivateMark() {
  const t = useT()
  return (
    <span class="private" title={t('Private account')}>
      <Icon name="lock" size={16} />
      <span class="unseen">{t('Private account')}</span>
    </span>
  )
}

/** The header of a blocked profile shows only who it is. */
const BlockedHead = ({ user }: { user: UserJson }) => (
  <section class="profile">
    <Avatar user={user} size={96} />
    <div class="about">
      <h2>
        <bdi>{user.displayName}</bdi>
      </h2>
    </div>
  </section>
)

const Links = ({ links }: { links: string[] }) =>
  links.length ? (
    <ul class="links">
      {links.map((link) => (
        <li>
          <Icon name="link" size={16} />
          <a href={link} rel="nofollow noopener external ugc">
            {link.replace(/^https?:\/\/(www\.)?|\/$/g, '')}
          </a>
        </li>
      ))}
    </ul>
  ) : null
