import type { InviteJson } from '../../shapes/invites'
import { useT } from '../frame'
import { Layout } from '../layout'
import { CopyLink } from '../parts/copy'
import { Empty } from '../parts/empty'
import { Field } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { More } from '../parts/more'
import { dayText } from '../parts/time'

type List = { invites: InviteJson[]; next: string | null }

export const InvitesPart = ({ invites, next }: List) => (
  <>
    {invites.map((invite) => (
      <InviteRow invite={invite} />
    ))}
    <More next={next} />
  </>
)

function InviteRow({ invite: { id, url, uses, used, expiresAt } }: { invite: InviteJson }) {
  const t = useT()
  const open = used < uses && new Date(expiresAt) > new Date()
  return (
    <div class="invite" id={`invite-${id}`}>
      {open ? (
        <CopyLink url={url} label={t('Invitation link')} />
      ) : (
        <p class="over">{used >= uses ? t('Used up') : t('Expired')}</p>
      )}
      <div class="under">
        <span class="hint">
          {t('{used} of {uses} used', { used, uses })} · {t('valid until {day}', { day: dayText(expiresAt, t.locale) })}
        </span>
        {open && (
          <Act
            action={`/invites/${id}`}
            method="delete"
            live
            target={`#invite-${id}`}
            button="button quiet"
            done={t('The invitation has been revoked.')}
          >
            {t('Revoke')}
          </Act>
        )}
      </div>
    </div>
  )
}

export function InviteForm(form: FormProps) {
  const t = useT()
  return (
    <Form action="/invites" class="stack">
      <FormProblem {...form} />
      <Field
        label={t('Number of people who can use it')}
        name="uses"
        type="number"
        min={1}
        max={1000}
        value={1}
        inputmode="numeric"
        {...form}
      />
      <button class="button primary">{t('Create an invitation link')}</button>
    </Form>
  )
}

export function InvitesPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Invitations')} back="/users/account">
      <section class="panel">
        <InviteForm />
      </section>
      {list.invites.length ? (
        <div class="rows">
          <InvitesPart {...list} />
        </div>
      ) : (
        <Empty icon="ticket" text={t('You have not invited anyone yet.')} />
      )}
    </Layout>
  )
}
