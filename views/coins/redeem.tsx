import { useT } from '../frame'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'

/** `code` comes from a printed voucher: it is filled in, and redeemed only by pressing the button. */
export function RedeemForm({ code, ...form }: FormProps & { code?: string | undefined }) {
  const t = useT()
  return (
    <Form action="/coins/redemptions" class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
      <Field
        label={t('Voucher code')}
        name="code"
        value={code ?? null}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        required
        {...form}
      />
      <button class={code ? 'button primary' : 'button'}>{t('Redeem')}</button>
    </Form>
  )
}
