import type { PostJson } from '../../shapes/posts'
import { type AccountJson, mayModerate, type UserJson } from '../../shapes/users'
import { TurnOffSecondFactor } from '../admin/second-factor'
import { Suspension } from '../admin/suspension'
import { BlockButton } from '../blocks/button'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Avatar } from '../parts/avatar'
import { Empty } from '../parts/empty'
import { Icon } from '../parts/icon'
import { isolate } from '../words/isolate'
import { FollowButton } from './follow'
import { PostGridPart } from './grid'
import { PersonMenu } from './standing'

/** `account` is set only for staff. */
type Props = { user: UserJson; posts: PostJson[]; next: string | null; account: AccountJson | null }

export function ProfilePage({ user, posts, next, account }: Props) {
  const { t, viewer } = useFrame()
  const own = user.viewer.self
  return (
    <Layout
      title={isolate(user.displayName, t.dir)}
      heading={`@${user.handle}`}
      wide
      {...(own && { actions: <AccountLink /> })}
    >
      <ProfileHead user={user} />
      {account && viewer && !own && mayModerate(viewer.role, account.role) && <Suspension account={account} />}
      {account?.secondFactor && viewer?.role === 'admin' && !own && <TurnOffSecondFactor account={account} />}
      {user.viewer.blocked ? (
        <Empty
          icon="ban"
          text={t('You blocked {name}. You cannot see each other’s posts.', { name: user.displayName })}
        >
          <BlockButton user={user} />
        </Empty>
      ) : posts.length ? (
        <div class="grid">
          <PostGridPart posts={posts} next={next} />
        </div>
      ) : own ? (
        <Empty icon="images" text={t('Your posts will appear here.')}>
          <a class="button primary" href="/posts/new">
            {t('Create the first post')}
          </a>
        </Empty>
      ) : (
        <Empty icon="images" text={t('{name} has not posted anything yet.', { name: user.displayName })} />
      )}
    </Layout>
  )
}

function AccountLink() {
  const t = useT()
  return (
    <a class="icon-button" href="/users/account" aria-label={t('Account')}>
      <Icon name="settings" />
    </a>
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
        </h2>
        <p class="counts">
          <span>{t({ one: '{n} post', other: '{n} posts' }, { n: user.posts })}</span>
          <a href={`${at}/followers`}>{t({ one: '{n} follower', other: '{n} followers' }, { n: user.followers })}</a>
          <a href={`${at}/following`}>{t('{n} following', { n: user.following })}</a>
        </p>
        {user.bio && <p class="bio">{user.bio}</p>}
        <Links links={user.links} />
        <div class="buttons">
          {user.viewer.self ? (
            <a class="button" href="/users/account">
              {t('Edit profile')}
            </a>
          ) : (
            viewer && (
              <>
                <FollowButton user={user} />
                {coins !== null && (
                  <a class="button" href={`/coins/tips/new?handle=${user.handle}`}>
                    {t('Tip')}
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
