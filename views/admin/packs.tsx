import type { PackJson } from '../../shapes/checkouts'
import { useT } from '../frame'
import { Field } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { moneyText } from '../parts/money'
import { Desk } from './desk'

/** `last` is the currency of the previous pack, which is suggested because most communities use only one. */
export function PackForm({ last, ...form }: FormProps & { last?: string }) {
  const t = useT()
  const suggested = last ?? (t.locale === 'ko' ? 'KRW' : 'EUR')
  return (
    <Form action="/admin/packs" class="stack">
      <FormProblem {...form} />
      <Field label={t('Coins')} name="coins" type="number" min={1} max={1_000_000} required {...form} />
      <Field
        label={t('Price')}
        name="price"
        inputmode="decimal"
        placeholder={suggested === 'KRW' ? '5000' : '4.90'}
        required
        {...form}
      />
      <Field
        label={t('Currency')}
        name="currency"
        minlength={3}
        maxlength={3}
        value={suggested}
        autocapitalize="characters"
        required
        {...form}
      />
      <button class="button primary">{t('Add pack')}</button>
    </Form>
  )
}

function PackRow({ pack, payments }: { pack: PackJson; payments: boolean }) {
  const t = useT()
  return (
    <div class="job short">
      <div class="what">
        <strong>{t({ one: '{n} coin', other: '{n} coins' }, { n: pack.coins })}</strong>
      </div>
      <div class="state">
        {moneyText(pack, t.locale)}
        {payments && !pack.providers.length && !pack.transfer && (
          <span class="hint"> {t('No payment provider takes this currency.')}</span>
        )}
      </div>
      <Act action={`/admin/packs/${pack.id}`} method="delete">
        {t('Remove')}
      </Act>
    </div>
  )
}

export function AdminPacksPage({ items, payments }: { items: PackJson[]; payments: boolean }) {
  const t = useT()
  const last = items.at(-1)?.currency.toUpperCase()
  return (
    <Desk title={t('Packs')}>
      {!payments && !items.some(({ transfer }) => transfer) && (
        <p class="notice" role="note">
          {t(
            'Packs cannot be bought yet because no payment provider is configured. Set one when you start the server:',
          )}{' '}
          <code>PINHOLE_STRIPE_SECRET_KEY</code>, <code>PINHOLE_TOSS_SECRET_KEY</code>
        </p>
      )}
      <div class="dense">
        {items.map((pack) => (
          <PackRow pack={pack} payments={payments} />
        ))}
      </div>
      <section class="panel">
        <PackForm {...(last && { last })} />
      </section>
    </Desk>
  )
}
