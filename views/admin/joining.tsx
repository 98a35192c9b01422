import type { DeskAccountJson } from '../../shapes/people'
import { useT } from '../frame'
import { Confirm } from '../parts/confirm'
import { Field } from '../parts/field'
import { Form } from '../parts/form'
import type { Translate } from '../words'

export const statusNames = (t: Translate): Record<NonNullable<DeskAccountJson['status']>, string> => ({
  waiting: t('Waiting to join'),
  refused: t('Refused'),
  unconfirmed: t('Address not confirmed'),
})

/** Lets the staff decide about somebody who asked to join, or let somebody in whom they refused. */
export function Joining({ account: { handle, status, refusal } }: { account: DeskAccountJson }) {
  const t = useT()
  if (status !== 'waiting' && status !== 'refused') return null
  const action = `/admin/users/${handle}`
  return (
    <>
      {refusal && <span class="hint">{refusal}</span>}
      <Form action={action} method="patch">
        <input type="hidden" name="status" value="approved" />
        <button class="button primary">{t('Let in')}</button>
      </Form>
      {status === 'waiting' && (
        <Confirm label={t('Refuse')} question={t('They cannot join. After 30 days the account is deleted.')}>
          <Form action={action} method="patch" class="stack">
            <input type="hidden" name="status" value="refused" />
            <Field label={t('Reason')} name="reason" maxlength={500} hint={t('Optional. The person is told.')} />
            <button class="button danger filled">{t('Refuse')}</button>
          </Form>
        </Confirm>
      )}
    </>
  )
}
