import type { PackJson } from '../../../shapes/checkouts'
import type { Settings } from '../../../shapes/settings'
import type { TopupJson } from '../../../shapes/topups'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { Account } from '../../parts/account'
import { AgeField } from '../../parts/age'
import { Choice, Field } from '../../parts/field'
import { Act, Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { moneyText } from '../../parts/money'
import { More } from '../../parts/more'
import { dayInSentence, dayText } from '../../parts/time'
import type { Translate } from '../../words'

type Bank = Settings['bank']
type Ways = {
  /** Where to transfer money; null where there are no bank transfers. */
  bank: Bank | null
  packs: PackJson[]
  /** The id of the pack that was chosen on another page. */
  chosen?: string | undefined
  /** Whether a request above already shows the account. */
  isWaiting?: boolean
}
type List = Pick<Ways, 'bank'> & { topups: TopupJson[]; next: string | null }

/** The ways to pay the staff: by bank transfer, if there is an account, and in cash. */
export function TopupForms({ bank, packs, chosen, isWaiting, ...form }: FormProps & Ways) {
  const t = useT()
  if (!bank) return <CashForm {...form} />
  const isCash = form.values !== undefined && form.values.depositor === undefined
  return (
    <>
      <TransferForm
        bank={bank}
        packs={packs}
        chosen={chosen}
        {...(isWaiting && { isWaiting })}
        {...(isCash ? {} : form)}
      />
      <details class="way" open={isCash}>
        <summary class="button quiet">{t('I paid in cash')}</summary>
        <CashForm {...(isCash ? form : {})} />
      </details>
    </>
  )
}

const packText = ({ coins, ...pack }: PackJson, t: Translate) =>
  `${t({ one: '{n} coin', other: '{n} coins' }, { n: coins })} · ${moneyText(pack, t.locale)}`

function TransferForm({ bank, packs, chosen, isWaiting, ...form }: FormProps & Ways & { bank: Bank }) {
  const t = useT()
  return (
    <Form action="/coins/topups" class="stack">
      <FormProblem {...form} />
      {!isWaiting && <Account {...bank} />}
      {bank.note && <p class="pre">{bank.note}</p>}
      <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
      {packs.length ? (
        <Choice
          label={t('Pack')}
          name="pack"
          value={chosen ?? packs[0]?.id ?? ''}
          options={Object.fromEntries(packs.map((pack) => [pack.id, packText(pack, t)]))}
          {...form}
        />
      ) : (
        <CoinsField {...form} />
      )}
      <Field
        label={t('Name on the transfer')}
        name="depositor"
        maxlength={60}
        autocomplete="name"
        required
        hint={t('The staff find your transfer by this name.')}
        {...form}
      />
      <AgeField {...form} />
      <button class="button primary">{t('Request coins')}</button>
    </Form>
  )
}

function CashForm(form: FormProps) {
  const t = useT()
  return (
    <Form action="/coins/topups" class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
      <CoinsField {...form} />
      <Field
        label={t('How you paid')}
        name="note"
        maxlength={500}
        placeholder={t('20 in cash on Sunday')}
        required
        {...form}
      />
      <AgeField {...form} />
      <button class="button primary">{t('Request coins')}</button>
    </Form>
  )
}

function CoinsField(form: FormProps) {
  const t = useT()
  return (
    <Field
      label={t('Coins')}
      name="coins"
      type="number"
      inputmode="numeric"
      min={1}
      max={1_000_000}
      required
      {...form}
    />
  )
}

export const TopupsPart = ({ topups, next, bank }: List) => (
  <>
    {topups.map((topup) => (
      <Request topup={topup} bank={bank} />
    ))}
    <More next={next} />
  </>
)

/** The price of a pack that is paid by bank transfer. */
export const topupPrice = ({ amount, currency, decimals }: TopupJson, t: Translate): string | null =>
  amount !== null && currency !== null && decimals !== null ? moneyText({ amount, currency, decimals }, t.locale) : null

function Request({ topup, bank }: { topup: TopupJson; bank: Bank | null }) {
  const t = useT()
  const { id, coins, note, status, createdAt, answer, depositor } = topup
  return (
    <div class="request">
      <div class="what">
        <strong>{t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}</strong>
        {depositor && <span>{t('Name on the transfer: {name}', { name: depositor })}</span>}
        {note && <span>{note}</span>}
        {answer && <span class="answer">{t('The staff: {answer}', { answer })}</span>}
        <span class="hint">{dayText(createdAt, t.locale)}</span>
      </div>
      <div class="standing">
        <span class={`badge ${status}`}>{topupStatus(status, t)}</span>
        {status === 'pending' && (
          <Act action={`/coins/topups/${id}`} method="delete" button="button small">
            {t('Withdraw')}
          </Act>
        )}
      </div>
      {status === 'pending' && depositor && bank && <ToTransfer topup={topup} bank={bank} />}
    </div>
  )
}

/** What to transfer where, and until when. */
function ToTransfer({ topup, bank }: { topup: TopupJson; bank: Bank }) {
  const t = useT()
  const price = topupPrice(topup, t)
  return (
    <div class="to-transfer">
      {price && <p>{t('Transfer {price}', { price })}</p>}
      <Account {...bank} />
      {topup.dueAt && <p class="hint">{t('By {time}', { time: dayInSentence(topup.dueAt, t.locale) })}</p>}
    </div>
  )
}

export const topupStatus = (status: TopupJson['status'], t: Translate): string =>
  ({ pending: t('Waiting'), approved: t('Approved'), refused: t('Refused'), withdrawn: t('Withdrawn') })[status]

export function TopupsPage({ topups, next, ...ways }: List & Ways) {
  const t = useT()
  const { bank } = ways
  const requests = topups.length > 0 && (
    <section class="rows" aria-label={t('My requests')}>
      <TopupsPart topups={topups} next={next} bank={bank} />
    </section>
  )
  const isWaiting = topups.some(({ status, depositor }) => status === 'pending' && depositor !== null)
  return (
    <Layout title={bank ? t('Bank transfer') : t('Coins paid in cash')} back="/coins">
      {isWaiting && requests}
      {!bank && (
        <p class="lead">{t('Did you pay a member of the staff? Tell the staff here, and they will add your coins.')}</p>
      )}
      <section class="panel">
        <TopupForms {...ways} isWaiting={isWaiting} />
      </section>
      {!isWaiting && requests}
    </Layout>
  )
}
