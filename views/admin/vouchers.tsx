import type { VoucherJson } from '../../shapes/coins'
import { useFrame, useT } from '../frame'
import { Field } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { More } from '../parts/more'
import { Qr } from '../parts/qr'
import { dayInSentence, dayText } from '../parts/time'
import { Desk } from './desk'

type List = { vouchers: VoucherJson[]; next: string | null }

export const VouchersPart = ({ vouchers, next }: List) => (
  <>
    {vouchers.map((voucher) => (
      <VoucherRow voucher={voucher} />
    ))}
    <More next={next} />
  </>
)

function VoucherRow({ voucher: { id, coins, uses, used, createdAt, expiresAt, endedAt } }: { voucher: VoucherJson }) {
  const t = useT()
  return (
    <div class="job" id={`voucher-${id}`}>
      <div class="what">
        <strong>{t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}</strong>{' '}
        <span class="hint">
          #{id} · {dayText(createdAt, t.locale)}
        </span>
      </div>
      <div class="state">
        <span class="badge">{endedAt ? t('Revoked') : t('{used} of {uses} redeemed', { used, uses })}</span>
        {expiresAt && <span class="hint">{t('valid until {day}', { day: dayInSentence(expiresAt, t.locale) })}</span>}
      </div>
      {!endedAt && used < uses && (
        <Act action={`/admin/vouchers/${id}`} method="delete" button="button small">
          {t('Revoke')}
        </Act>
      )}
    </div>
  )
}

export function VoucherForm(form: FormProps) {
  const t = useT()
  return (
    <Form action="/admin/vouchers" class="stack">
      <FormProblem {...form} />
      <Field label={t('Coins')} name="coins" type="number" min={1} required {...form} />
      <Field label={t('Number of vouchers')} name="count" type="number" min={1} max={500} value={1} {...form} />
      <Field
        label={t('Number of people who can redeem each voucher')}
        name="uses"
        type="number"
        min={1}
        value={1}
        {...form}
      />
      <Field
        label={t('Valid for (days)')}
        name="days"
        type="number"
        min={1}
        hint={t('Leave this empty for vouchers that never expire.')}
        {...form}
      />
      <button class="button primary">{t('Create vouchers')}</button>
    </Form>
  )
}

export function VouchersPage(list: List) {
  const t = useT()
  return (
    <Desk title={t('Vouchers')}>
      <section class="panel">
        <VoucherForm />
      </section>
      <div class="dense">
        <VouchersPart {...list} />
      </div>
    </Desk>
  )
}

type Sheet = {
  codes: string[]
  coins: number
  expiresAt: string | null
  /** The public address of the page on which codes are redeemed. */
  redeemAt: string
}

/** A page of vouchers to print and cut out. The codes are only shown once, because only their hashes are stored. */
export function VoucherCodesPage({ codes, coins, expiresAt, redeemAt }: Sheet) {
  const t = useT()
  return (
    <Desk title={t('New vouchers')}>
      <p class="notice" role="note">
        {t('Write these codes down or print this page now. They will not be shown again.')}
      </p>
      <ol class="cards">
        {codes.map((code) => (
          <VoucherCard code={code} coins={coins} expiresAt={expiresAt} redeemAt={redeemAt} />
        ))}
      </ol>
      <p class="after">
        <a class="button" href="/admin/vouchers">
          {t('Vouchers')}
        </a>
      </p>
    </Desk>
  )
}

/** The QR code opens the wallet with the code filled in. The person still has to press the button to redeem it. */
function VoucherCard({ code, coins, expiresAt, redeemAt }: Omit<Sheet, 'codes'> & { code: string }) {
  const { t, siteName } = useFrame()
  return (
    <li class="voucher">
      <Qr text={`${redeemAt}?code=${code}`} label={t('QR code of voucher {code}', { code })} />
      <div>
        <span class="site">{siteName}</span>
        <strong>{t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}</strong>
        <code>{code}</code>
        <span class="hint">{redeemAt.replace(/^https?:\/\//, '')}</span>
        {expiresAt && <span class="hint">{t('valid until {day}', { day: dayInSentence(expiresAt, t.locale) })}</span>}
      </div>
    </li>
  )
}
