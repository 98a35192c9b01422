import type { EarningsJson } from '../../../shapes/earnings'
import type { SaleJson } from '../../../shapes/sales'
import { useFrame, useT } from '../../frame'
import { Layout } from '../../layout'
import { BarChart } from '../../parts/chart'
import { Empty } from '../../parts/empty'
import { dayText } from '../../parts/time'
import { numberText } from '../../words/format'
import { SalesPart } from '../sales/list'

type Props = { earnings: EarningsJson; span: number; spans: readonly number[]; sales: SaleJson[]; next: string | null }

export function EarningsPage({ earnings, span, spans, sales, next }: Props) {
  const t = useT()
  const some = earnings.sales + earnings.tips + earnings.takenBack > 0
  return (
    <Layout title={t('Earnings')} back="/coins">
      <nav class="tabs" aria-label={t('Period')}>
        {spans.map((days) => (
          <a href={`/coins/earnings?days=${days}`} {...(days === span && { 'aria-current': 'page' as const })}>
            {t('{n} days', { n: days })}
          </a>
        ))}
      </nav>
      {some ? (
        <>
          <Figures earnings={earnings} />
          <ByDay earnings={earnings} />
          <ByPost earnings={earnings} />
        </>
      ) : (
        <Empty
          icon="coins"
          text={t('No earnings in this period. Set a price on a post, or receive a tip, to start earning.')}
        />
      )}
      {sales.length > 0 && (
        <section class="dense" aria-labelledby="sales">
          <h2 id="sales">{t('Sales')}</h2>
          <a class="button small" href="/coins/refunds">
            {t('Refund requests')}
          </a>
          <SalesPart sales={sales} next={next} />
        </section>
      )}
    </Layout>
  )
}

function Figures({ earnings: { earned, sales, tips, fees, takenBack } }: { earnings: EarningsJson }) {
  const { t } = useFrame()
  const figures = [
    [t('Earned'), earned],
    [t('Sales'), sales],
    [t('Tips'), tips],
    ...(fees > 0 ? [[t('Fees'), -fees] as const] : []),
    ...(takenBack > 0 ? [[t('Refunded'), -takenBack] as const] : []),
  ] as const
  return (
    <dl class="figures">
      {figures.map(([name, coins]) => (
        <div class="figure">
          <dt>{name}</dt>
          <dd>{numberText(coins, t.locale)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A chart of all days, and an accessible table of the days with earnings or refunds. */
function ByDay({ earnings: { days } }: { earnings: EarningsJson }) {
  const { t } = useFrame()
  const bars = days.map(({ day, earned }) => ({ label: dayText(day, t.locale), value: earned }))
  const busy = days.filter(({ sales, tips, takenBack }) => sales + tips + takenBack > 0).reverse()
  return (
    <section class="report">
      <BarChart label={t('Earnings by day')} bars={bars} />
      <details class="numbers">
        <summary>{t('Show as a table')}</summary>
        <section class="scroll" tabindex={0} aria-label={t('Earnings by day')}>
          <table class="grid-table" aria-label={t('Earnings by day')}>
            <thead>
              <tr>
                <th scope="col">{t('Day')}</th>
                <th scope="col">{t('Sales')}</th>
                <th scope="col">{t('Tips')}</th>
                <th scope="col">{t('Fees')}</th>
                <th scope="col">{t('Refunded')}</th>
                <th scope="col">{t('Earned')}</th>
              </tr>
            </thead>
            <tbody>
              {busy.map(({ day, sales, tips, fees, takenBack, earned }) => (
                <tr>
                  <th scope="row">{dayText(day, t.locale)}</th>
                  {[sales, tips, fees, takenBack, earned].map((coins) => (
                    <td>{numberText(coins, t.locale)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </section>
  )
}

const SHOWN = 10

/** The posts with the highest earnings, each with a bar that compares it to the best one. */
function ByPost({ earnings: { posts } }: { earnings: EarningsJson }) {
  const { t } = useFrame()
  if (!posts.length) return null
  const most = Math.max(1, ...posts.map(({ earned }) => earned))
  return (
    <section class="report">
      <h2>{t('By post')}</h2>
      <section class="scroll" tabindex={0} aria-label={t('By post')}>
        <table class="grid-table" aria-label={t('By post')}>
          <thead>
            <tr>
              <th scope="col">{t('Post')}</th>
              <th scope="col">{t('Sold')}</th>
              <th scope="col">{t('Tips')}</th>
              <th scope="col">{t('Earned')}</th>
            </tr>
          </thead>
          <tbody>
            {posts.slice(0, SHOWN).map(({ postId, caption, times, tips, earned }) => (
              <tr>
                <th scope="row">
                  {postId ? (
                    <a class="clamped" href={`/posts/${postId}`}>
                      {caption || t('Post {n}', { n: postId })}
                    </a>
                  ) : (
                    t('Profile tips')
                  )}
                  <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="bar" width={Math.round((earned / most) * 100)} height="4" rx="2" />
                  </svg>
                </th>
                <td>{numberText(times, t.locale)}</td>
                <td>{numberText(tips, t.locale)}</td>
                <td>{numberText(earned, t.locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
