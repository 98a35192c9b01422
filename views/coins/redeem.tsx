import { useT } from '../frame'
import { Field } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'

/** `code` comes from a printed voucher. It is filled in, but only redeemed when the person presses the button. */
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
