import type { UserJson } from '../../shapes/users'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Avatar } from '../parts/avatar'
import { Act } from '../parts/form'
import { Icon } from '../parts/icon'

const Who = ({ user }: { user: UserJson }) => (
  <>
    <Avatar user={user} size={44} />
    <span class="what">
      <strong>
        <bdi>{user.displayName}</bdi>
      </strong>
      <span class="hint">
        <bdi>@{user.handle}</bdi>
      </span>
    </span>
  </>
)

/** The accounts to go on with, each with a button. */
export function OtherAccounts({ accounts }: { accounts: UserJson[] }) {
  const t = useT()
  return (
    <>
      {accounts.map((user) => (
        <li class="row">
          <Who user={user} />
          <Act
            action={`/sessions/current?handle=${user.handle}`}
            method="put"
            label={t('Go on as {name}', { name: user.displayName })}
          >
            {t('Switch')}
          </Act>
        </li>
      ))}
    </>
  )
}

/** The accounts that are signed in in this browser. */
export function AccountsPage({ accounts, hasRoom }: { accounts: UserJson[]; hasRoom: boolean }) {
  const { t, viewer } = useFrame()
  return (
    <Layout title={t('Accounts')} back={viewer ? `/users/${viewer.handle}` : '/'}>
      <ul class="rows">
        {viewer && (
          <li class="row">
            <Who user={viewer} />
            <span class="in-use">
              <Icon name="check" size={20} /> {t('In use')}
            </span>
          </li>
        )}
        <OtherAccounts accounts={accounts} />
      </ul>
      <div class="panel">
        {hasRoom ? (
          <a class="button" href="/sessions/new?add=1">
            <Icon name="plus" size={20} /> {t('Add an account')}
          </a>
        ) : (
          <p class="hint">{t('Five accounts can be signed in here. Sign out of one to add another.')}</p>
        )}
      </div>
    </Layout>
  )
}
