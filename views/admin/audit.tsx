import type { LedgerReport } from '../../shapes/ledger'
import { type Frame, useFrame, useT } from '../frame'
import { LayerChart } from '../parts/chart'
import { Empty } from '../parts/empty'
import { Icon } from '../parts/icon'
import { dayText, timeInSentence } from '../parts/time'
import { numberText } from '../words/format'
import { Desk } from './desk'

const PARTS = ['held', 'reserved', 'house', 'paidOut', 'takenBack'] as const
/** The chart shows at most this many points, since more could not be told apart. */
const POINTS = 180
const ROWS = 31
const FAULTS = 50

const partName = (part: (typeof PARTS)[number], t: Frame['t']) =>
  ({
    held: t('Held'),
    reserved: t('Reserved'),
    house: t('Kept by the community'),
    paidOut: t('Paid out'),
    takenBack: t('Taken back'),
  })[part]

export function AuditPage({ report }: { report: LedgerReport }) {
  const t = useT()
  const { days } = report
  return (
    <Desk title={t('Audit')}>
      <Verdict report={report} />
      {days.length ? (
        <>
          <Figures day={days.at(-1)!} />
          {days.length > 1 && <Chart days={days} />}
          <Table days={days.slice(-ROWS).reverse()} />
        </>
      ) : (
        <Empty icon="coins" text={t('There are no coins yet.')} />
      )}
    </Desk>
  )
}

function Verdict({ report: { ok, transfers, accounts, faults, checkedAt } }: { report: LedgerReport }) {
  const { t } = useFrame()
  const time = timeInSentence(checkedAt, t.locale, 'UTC')
  return (
    <section class={ok ? 'verdict good' : 'verdict bad'}>
      <p>
        <Icon name={ok ? 'check' : 'triangle-alert'} />{' '}
        <strong>
          {ok ? t('Every coin is accounted for.') : t({ one: '{n} fault', other: '{n} faults' }, { n: faults.length })}
        </strong>
      </p>
      <p class="hint">
        {t('Checked {transfers} transfers on {accounts} accounts on {time} UTC.', { transfers, accounts, time })}
      </p>
      {!ok && (
        <ul class="faults">
          {faults.slice(0, FAULTS).map((fault) => (
            <li>
              <code>{fault}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

type Day = LedgerReport['days'][number]

/** The number of issued coins equals the sum of the other figures. */
function Figures({ day }: { day: Day }) {
  const { t } = useFrame()
  return (
    <dl class="figures sum">
      <div class="figure">
        <dt>{t('Issued')}</dt>
        <dd>{numberText(day.issued, t.locale)}</dd>
      </div>
      {PARTS.map((part) => (
        <div class="figure">
          <dt>{partName(part, t)}</dt>
          <dd>{numberText(day[part], t.locale)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Chart({ days }: { days: Day[] }) {
  const { t } = useFrame()
  const every = Math.ceil(days.length / POINTS)
  const shown = days.filter((_, at) => (days.length - 1 - at) % every === 0)
  const series = PARTS.map((part) => ({ name: partName(part, t), values: shown.map((day) => day[part]) }))
  return (
    <section class="report">
      <LayerChart
        label={t('Where the coins are')}
        series={series}
        labels={shown.map(({ day }) => dayText(day, t.locale))}
      />
    </section>
  )
}

function Table({ days }: { days: Day[] }) {
  const { t } = useFrame()
  return (
    <section class="report">
      <section class="scroll" tabindex={0} aria-label={t('Where the coins are')}>
        <table class="grid-table" aria-label={t('Where the coins are')}>
          <thead>
            <tr>
              <th scope="col">{t('Day')}</th>
              <th scope="col">{t('Issued')}</th>
              {PARTS.map((part) => (
                <th scope="col">{partName(part, t)}</th>
              ))}
              <th scope="col">{t('Owed')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr>
                <th scope="row">{dayText(day.day, t.locale)}</th>
                {[day.issued, ...PARTS.map((part) => day[part]), day.owed].map((coins) => (
                  <td>{numberText(coins, t.locale)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">
        {t('Issued is the sum of the next five columns. Held is reduced by what members owe for refunded sales.')}
      </p>
    </section>
  )
}
