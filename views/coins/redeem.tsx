import { useT } from '../frame'
import { Field } from '../parts/field'
import { Form } from '../parts/form'
import type { FormProps } from '../parts/form-props'

/** `code` comes from a printed voucher. It is filled in, but only redeemed when the person presses the button. */
export function RedeemForm({ code, values, problem }: FormProps & { code?: string | undefined }) {
  const t = useT()
  // Whatever is wrong is wrong with the code, so it is said under its field.
  const errors = problem && (problem.errors ?? [{ path: 'code', message: problem.detail }])
  const form = { ...(values && { values }), ...(problem && errors && { problem: { ...problem, errors } }) }
  return (
    <Form action="/coins/redemptions" class="stack" live>
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
