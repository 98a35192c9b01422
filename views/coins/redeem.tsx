import type { FormProps } from '../../src/http/input'
import { useT } from '../frame'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'

export function RedeemForm(form: FormProps) {
  const t = useT()
  return (
    <Form action="/coins/redemptions" class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
      <Field label={t('Voucher code')} name="code" autocomplete="off" autocapitalize="characters" spellcheck={false} required {...form} />
      <button class="button">{t('Redeem')}</button>
    </Form>
  )
}
