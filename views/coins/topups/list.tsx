import type { TopupJson } from '../../../shapes/topups'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { Field } from '../../parts/field'
import { Act, Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { More } from '../../parts/more'
import { dayText } from '../../parts/time'
import type { Translate } from '../../words'

type List = { topups: TopupJson[]; next: string | null }

export function TopupForm(form: FormProps) {
  const t = useT()
  return (
    <Form action="/coins/topups" class="stack">
      <FormProblem {...form} />
      <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
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
      <Field
        label={t('How you paid')}
        name="note"
        maxlength={500}
        placeholder={t('20 in cash on Sunday')}
        required
        {...form}
      />
      <button class="button primary">{t('Request coins')}</button>
    </Form>
  )
}

export const TopupsPart = ({ topups, next }: List) => (
  <>
    {topups.map((topup) => (
      <Request topup={topup} />
    ))}
    <More next={next} />
  </>
)

function Request({ topup: { id, coins, note, status, createdAt, answer } }: { topup: TopupJson }) {
  const t = useT()
  return (
    <div class="request">
      <div class="what">
        <strong>{t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}</strong>
        <span>{note}</span>
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
    </div>
  )
}

export const topupStatus = (status: TopupJson['status'], t: Translate): string =>
  ({ pending: t('Waiting'), approved: t('Approved'), refused: t('Refused'), withdrawn: t('Withdrawn') })[status]

export function TopupsPage({ topups, next }: List) {
  const t = useT()
  return (
    <Layout title={t('Coins paid in cash')} back="/coins">
      <p class="lead">{t('Did you pay a member of the staff? Tell the staff here, and they will add your coins.')}</p>
      <section class="panel">
        <TopupForm />
      </section>
      {topups.length > 0 && (
        <section class="rows" aria-label={t('My requests')}>
          <TopupsPart topups={topups} next={next} />
        </section>
      )}
    </Layout>
  )
}
