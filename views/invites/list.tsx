import type { InviteJson } from '../../shapes/invites'
import { useT } from '../frame'
import { Layout } from '../layout'
import { CopyLink } from '../parts/copy'
import { Empty } from '../parts/empty'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { More } from '../parts/more'
import { InviteUse, RevokeInvite } from './use'

type List = { invites: InviteJson[]; next: string | null }

export const InvitesPart = ({ invites, next }: List) => (
  <>
    {invites.map((invite) => (
      <InviteRow invite={invite} />
    ))}
    <More next={next} />
  </>
)

function InviteRow({ invite }: { invite: InviteJson }) {
  const { id, url, uses, used, expiresAt } = invite
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
        <InviteUse {...invite} />
        {open && <RevokeInvite at={`/invites/${id}`} row={`invite-${id}`} />}
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
