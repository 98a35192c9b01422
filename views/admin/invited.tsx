import type { InvitedJson } from '../../shapes/people'
import { useT } from '../frame'
import { Avatar } from '../parts/avatar'
import { Confirm } from '../parts/confirm'
import { Empty } from '../parts/empty'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { More } from '../parts/more'
import { dayInSentence } from '../parts/time'
import { Desk } from './desk'
import { SharedReason } from './many'

type List = { people: InvitedJson[]; next: string | null }

export const InvitedPart = ({ people, next }: List) => (
  <>
    {people.map((person) => (
      <InvitedRow person={person} />
    ))}
    <More next={next} />
  </>
)

function InvitedRow({ person }: { person: InvitedJson }) {
  const t = useT()
  const { handle, displayName, createdAt, suspension, invited } = person
  return (
    <div class="job">
      <Avatar user={person} />
      <span class="what">
        <a href={`/users/${handle}`}>
          <strong>
            <bdi>{displayName}</bdi>
          </strong>{' '}
          <span class="hint">
            <bdi>@{handle}</bdi>
          </span>
        </a>{' '}
        {suspension && <span class="badge alarming">{t('Suspended')}</span>}
        <br />
        <span class="hint">{t('joined {day}', { day: dayInSentence(createdAt, t.locale) })}</span>
      </span>
      {invited > 0 ? (
        <a class="button" href={`/admin/users/${handle}/invited`}>
          {t({ one: 'Invited {n} person', other: 'Invited {n} people' }, { n: invited })}
        </a>
      ) : (
        <span class="hint">{t('has invited nobody')}</span>
      )}
    </div>
  )
}

export function BranchForm({ handle, ...form }: FormProps & { handle: string }) {
  const t = useT()
  return (
    <Form action={`/admin/users/${handle}/invited/suspensions`} class="stack">
      <FormProblem {...form} />
      <SharedReason {...form} />
      <button class="button danger filled">{t('Suspend')}</button>
    </Form>
  )
}

type Props = List & { user: { handle: string; displayName: string }; line: (string | null)[]; below: number }

/** Shows whom a person invited, and the line of invitations that leads to them. */
export function InvitedPage({ user, line, below, ...list }: Props) {
  const t = useT()
  const name = `@${user.handle}`
  return (
    <Desk title={t('People invited by {name}', { name })}>
      <section class="branch">
        <nav aria-label={t('Who invited whom')}>
          {line.map((handle) => (
            <>
              {handle ? <a href={`/admin/users/${handle}/invited`}>@{handle}</a> : <span>{t('Former member')}</span>}
              {' › '}
            </>
          ))}
          <strong>
            <a href={`/users/${user.handle}`}>{name}</a>
          </strong>
        </nav>
        <p class="hint">
          {below
            ? t(
                {
                  one: '{n} person came by this member, directly or through others.',
                  other: '{n} people came by this member, directly or through others.',
                },
                { n: below },
              )
            : t('Nobody has joined by an invitation of this member.')}
        </p>
        {below > 0 && (
          <Confirm
            label={t('End this branch')}
            question={t(
              '{name} and everybody who came by them will be suspended, at most 100 people at a time. You can undo this.',
              { name },
            )}
          >
            <BranchForm handle={user.handle} />
          </Confirm>
        )}
      </section>
      {list.people.length ? (
        <div class="dense">
          <InvitedPart {...list} />
        </div>
      ) : (
        <Empty icon="ticket" text={t('Invitations from before this was recorded are not shown.')} />
      )}
    </Desk>
  )
}
