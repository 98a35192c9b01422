import type { DeskAccountJson, PeopleFilter } from '../../shapes/people'
import { type AccountJson, mayModerate } from '../../shapes/users'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Avatar } from '../parts/avatar'
import { bytesText } from '../parts/bytes'
import { CopyLink } from '../parts/copy'
import { Empty } from '../parts/empty'
import { Act, Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { dayInSentence } from '../parts/time'
import { Desk } from './desk'
import { Joining, statusNames } from './joining'
import { SUSPEND_MANY, SuspendSelected } from './many'
import { PeopleSearch } from './people-search'
import { roleNames } from './role-names'

type List = { users: DeskAccountJson[]; next: string | null }

export const AdminUsersPart = ({ users, next }: List) => (
  <>
    {users.map((account) => (
      <PersonRow account={account} />
    ))}
    <More next={next} />
  </>
)

function PersonRow({ account }: { account: DeskAccountJson }) {
  const { t, viewer } = useFrame()
  const selectable = viewer && viewer.id !== account.id && mayModerate(viewer.role, account.role)
  return (
    <div class="person-row">
      {selectable ? (
        <label class="chooser">
          <input
            type="checkbox"
            name="handles"
            value={account.handle}
            form={SUSPEND_MANY}
            aria-label={t('Select {name}', { name: account.displayName })}
          />
        </label>
      ) : (
        <span class="chooser" />
      )}
      <PersonDetails account={account} />
    </div>
  )
}

function PersonDetails({ account }: { account: DeskAccountJson }) {
  const { t, viewer, coins } = useFrame()
  const { handle, displayName, email, createdAt, storage, suspension } = account
  const at = `/admin/users/${handle}`
  return (
    <details class="person" open={account.status === 'waiting'}>
      <summary>
        <Avatar user={account} />
        <span class="what">
          <span class="name">
            <strong>
              <bdi>{displayName}</bdi>
            </strong>{' '}
            <span class="hint">
              <bdi>@{handle}</bdi>
            </span>
            {suspension && <span class="badge alarming">{t('Suspended')}</span>}
            {account.status && <span class="badge">{statusNames(t)[account.status]}</span>}
            {account.erasedAt && <span class="badge alarming">{t('Being deleted')}</span>}
            {account.role !== 'member' && <span class="badge">{roleNames(t)[account.role]}</span>}
          </span>
          <span class="hint">
            {email && `${email} · `}
            <EmailMark account={account} />
            {t('joined {day}', { day: dayInSentence(createdAt, t.locale) })} ·{' '}
            {account.lastSeenAt
              ? t('here on {day}', { day: dayInSentence(account.lastSeenAt, t.locale) })
              : t('never here')}{' '}
            · {bytesText(storage.used, t.locale)}
            {account.invitedBy && ` · ${t('invited by {name}', { name: `@${account.invitedBy}` })}`}
          </span>
        </span>
        <Icon name="chevron-down" size={20} />
      </summary>
      <Joining account={account} />
      <a class="button" href={`/users/${handle}`} aria-label={t('Profile of {name}', { name: displayName })}>
        {t('Profile')}
      </a>
      <a class="button" href={`${at}/invited`} aria-label={t('People invited by {name}', { name: displayName })}>
        {t('Invited people')}
      </a>
      {viewer?.role === 'admin' && <RoleForm account={account} />}
      {viewer?.role === 'admin' && <QuotaForm account={account} />}
      {viewer && mayModerate(viewer.role, account.role) && (
        <Act action={`${at}/resets`} live target={`#reset-${handle}`} swap="innerHTML">
          {t('Password reset link')}
        </Act>
      )}
      {viewer?.role === 'admin' && coins !== null && <GrantForm account={account} />}
      <div class="reset-link" id={`reset-${handle}`} aria-live="polite" />
    </details>
  )
}

/** A mark for email addresses that are unconfirmed or bounce. It is only shown if mail is configured. */
function EmailMark({ account: { emailStatus, emailRefusal } }: { account: AccountJson }) {
  const { t, hasMail } = useFrame()
  if (!hasMail || !emailStatus || emailStatus === 'verified') return null
  if (emailStatus === 'unverified') return <>{t('not confirmed')} · </>
  return (
    <>
      <span class="badge alarming" {...(emailRefusal && { title: emailRefusal })}>
        {t('mail bounces')}
      </span>{' '}
      ·{' '}
    </>
  )
}

function RoleForm({ account: { handle, displayName, role } }: { account: AccountJson }) {
  const t = useT()
  return (
    <Form action={`/admin/users/${handle}`} method="patch" class="inline">
      <select name="role" aria-label={t('Role of {name}', { name: displayName })}>
        {Object.entries(roleNames(t)).map(([value, name]) => (
          <option value={value} selected={value === role}>
            {name}
          </option>
        ))}
      </select>
      <button class="button">{t('Apply')}</button>
    </Form>
  )
}

/** An empty field leaves the storage to the role. */
function QuotaForm({ account: { handle, displayName, quotaMb } }: { account: DeskAccountJson }) {
  const t = useT()
  return (
    <Form action={`/admin/users/${handle}`} method="patch" class="inline">
      <input
        name="quotaMb"
        type="number"
        inputmode="numeric"
        min={1}
        max={1_000_000_000}
        step={1}
        value={quotaMb ?? ''}
        placeholder="MB"
        aria-label={t('Storage of {name} in MB; empty for that of the role', { name: displayName })}
      />
      <button class="button">{t('Set the storage')}</button>
    </Form>
  )
}

function GrantForm({ account: { handle, displayName } }: { account: AccountJson }) {
  const t = useT()
  return (
    <Form action={`/admin/users/${handle}/grants`} class="inline">
      <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
      <input
        type="number"
        name="coins"
        min={1}
        max={1_000_000}
        required
        placeholder={t('Coins')}
        aria-label={t('Coins for {name}', { name: displayName })}
      />
      <button class="button">{t('Grant coins')}</button>
    </Form>
  )
}

export function AdminUsersPage({ filter, ...list }: List & { filter: PeopleFilter }) {
  const t = useT()
  return (
    <Desk title={t('People')}>
      <PeopleSearch filter={filter} />
      {list.users.length ? (
        <div class="dense">
          <AdminUsersPart {...list} />
        </div>
      ) : (
        <Empty icon="search" text={t('Nobody matches. Change or clear the filters.')}>
          <a class="button" href="/admin/users">
            {t('Show everybody')}
          </a>
        </Empty>
      )}
      <SuspendSelected />
    </Desk>
  )
}

type ResetLink = { url: string; handle: string }

/** The link is only shown once, because only its hash is stored. */
export function ResetLinkPart({ url, handle }: ResetLink) {
  const t = useT()
  return (
    <div class="stack">
      <p>{t('Send this link to {handle}. It can be used once to choose a new password.', { handle: `@${handle}` })}</p>
      <CopyLink url={url} label={t('Password reset link')} />
    </div>
  )
}

/** The link as a page of its own, for browsers without JavaScript. */
export function ResetLinkPage(link: ResetLink) {
  const t = useT()
  return (
    <Layout title={t('Password reset link')} back="/admin/users">
      <section class="panel">
        <ResetLinkPart {...link} />
      </section>
    </Layout>
  )
}
