import type { MonthJson } from '../../../shapes/statements'
import { useFrame, useT } from '../../frame'
import { Layout } from '../../layout'
import { Empty } from '../../parts/empty'
import { Icon } from '../../parts/icon'
import { More } from '../../parts/more'
import { monthText } from '../../parts/time'
import { numberText, signedText } from '../../words/format'
import { kindName } from '../kinds'

type List = { months: MonthJson[]; next: string | null }

/** One month as a table: the opening balance, the sums by kind of entry and the closing balance. */
function MonthTable({ month: { month, opening, closing, ...sums } }: { month: MonthJson }) {
  const { t } = useFrame()
  const lines = [
    ...Object.entries(sums.in).map(([kind, coins]) => [kind, coins] as const),
    ...Object.entries(sums.out).map(([kind, coins]) => [kind, -coins] as const),
  ]
  return (
    <section class="month-statement">
      <header>
        <h2>
          <a href={`/coins/statements/${month}`}>{monthText(month, t.locale)}</a>
        </h2>
        <a
          class="button small"
          href={`/coins/statements/${month}/entries.csv`}
          download
          aria-label={t('Download {month}', { month })}
        >
          {t('Download')}
        </a>
      </header>
      <table class="sums" aria-label={monthText(month, t.locale)}>
        <thead class="unseen">
          <tr>
            <th scope="col">{t('Item')}</th>
            <th scope="col">{t('Coins')}</th>
          </tr>
        </thead>
        <tbody>
          <Line name={t('Opening balance')} coins={numberText(opening, t.locale)} quiet />
          {lines.map(([kind, coins]) => (
            <Line
              name={kindName(kind as keyof MonthJson['in'], coins, t)}
              coins={signedText(coins, t.locale)}
              {...(coins > 0 && { good: true })}
            />
          ))}
          <Line name={t('Closing balance')} coins={numberText(closing, t.locale)} total />
        </tbody>
      </table>
    </section>
  )
}

type LineProps = { name: string; coins: string; quiet?: boolean; good?: boolean; total?: boolean }

const Line = ({ name, coins, quiet, good, total }: LineProps) => (
  <tr class={quiet ? 'opening' : good ? 'good' : total ? 'total' : ''}>
    <th scope="row">{name}</th>
    <td>{coins}</td>
  </tr>
)

export const MonthsPart = ({ months, next }: List) => (
  <>
    {months.map((month) => (
      <MonthTable month={month} />
    ))}
    <More next={next} />
  </>
)

export function MonthsPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Monthly statements')} back="/coins" {...(list.months.length && { actions: <AllCsv /> })}>
      {list.months.length ? (
        <div class="statement">
          <MonthsPart {...list} />
        </div>
      ) : (
        <Empty
          icon="coins"
          text={t('You have not received or spent any coins yet. Redeem a voucher to get started.')}
        />
      )}
    </Layout>
  )
}

function AllCsv() {
  const t = useT()
  return (
    <a
      class="icon-button"
      href="/coins/statements/all.csv"
      download
      aria-label={t('Download all')}
      title={t('Download all')}
    >
      <Icon name="download" />
    </a>
  )
}

export function MonthPage({ month }: { month: MonthJson }) {
  const t = useT()
  return (
    <Layout title={monthText(month.month, t.locale)} heading={t('Statement')} back="/coins/statements">
      <div class="statement">
        <MonthTable month={month} />
      </div>
    </Layout>
  )
}
