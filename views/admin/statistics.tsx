import type { SpaceKind, StatisticsJson } from '../../shapes/statistics'
import { useFrame, useT } from '../frame'
import { bytesText } from '../parts/bytes'
import { BarChart, LayerChart } from '../parts/chart'
import { dayText } from '../parts/time'
import { numberText } from '../words/format'
import { Desk } from './desk'

type Props = { statistics: StatisticsJson; span: number; spans: readonly number[] }
type Days = StatisticsJson['days']

const spaceNames = (t: ReturnType<typeof useT>): Record<SpaceKind, string> => ({
  originals: t('Originals'),
  renditions: t('Resized copies'),
  database: t('Database'),
  uploads: t('Uploads under way'),
  exports: t('Data of members to take along'),
  backups: t('Backups on this disk'),
})

export function StatisticsPage({ statistics, span, spans }: Props) {
  const { t, coins } = useFrame()
  const { days } = statistics
  const charts: [string, keyof Days[number]][] = [
    [t('New people'), 'people'],
    [t('New posts'), 'posts'],
    ...(coins === null ? [] : [[t('Coins paid for posts'), 'coins'] as [string, keyof Days[number]]]),
    [t('Finished jobs'), 'jobsDone'],
    [t('Failed attempts of jobs'), 'jobsFailed'],
    [t('Pushes sent'), 'pushesSent'],
    [t('Failed pushes'), 'pushesFailed'],
  ]
  return (
    <Desk title={t('Statistics')}>
      <nav class="tabs" aria-label={t('Period')}>
        {spans.map((each) => (
          <a href={`/admin/statistics?days=${each}`} {...(each === span && { 'aria-current': 'page' as const })}>
            {t('{n} days', { n: each })}
          </a>
        ))}
      </nav>
      <Space statistics={statistics} />
      {charts.map(([name, key]) => (
        <Chart name={name} days={days} count={(day) => day[key] as number} />
      ))}
    </Desk>
  )
}

type ChartProps = { name: string; days: Days; count: (day: Days[number]) => number }

/** A chart, and the days on which there was something as a table, which screen readers read. */
function Chart({ name, days, count }: ChartProps) {
  const t = useT()
  const bars = days.map((day) => ({ label: dayText(day.day, t.locale), value: count(day) }))
  const busy = bars.filter(({ value }) => value > 0).reverse()
  return (
    <section class="report">
      <BarChart label={name} bars={bars} />
      {busy.length > 0 && (
        <Numbers name={name} head={[t('Day'), name]}>
          {busy.map(({ label, value }) => (
            <tr>
              <th scope="row">{label}</th>
              <td>{numberText(value, t.locale)}</td>
            </tr>
          ))}
        </Numbers>
      )}
    </section>
  )
}

function Numbers({ name, head, children }: { name: string; head: string[]; children: unknown }) {
  const t = useT()
  return (
    <details class="numbers">
      <summary>{t('Show as a table')}</summary>
      <section class="scroll" tabindex={0} aria-label={name}>
        <table class="grid-table" aria-label={name}>
          <thead>
            <tr>
              {head.map((each) => (
                <th scope="col">{each}</th>
              ))}
            </tr>
          </thead>
          <tbody>{children as string}</tbody>
        </table>
      </section>
    </details>
  )
}

/** What uses the space, and when the disk will be full. */
function Space({ statistics: { days, diskFreeBytes, diskSizeBytes, forecast } }: Pick<Props, 'statistics'>) {
  const { t, viewer } = useFrame()
  const names = Object.entries(spaceNames(t)) as [SpaceKind, string][]
  const measured = days.flatMap(({ day, space }) => (space ? [{ day: dayText(day, t.locale), space }] : []))
  const now = measured.at(-1)
  return (
    <section class="report">
      <h2>{t('Space')}</h2>
      <p>
        {t('{free} of {size} are free.', {
          free: bytesText(diskFreeBytes, t.locale),
          size: bytesText(diskSizeBytes, t.locale),
        })}{' '}
        <ForecastText forecast={forecast} />
      </p>
      <p class="buttons">
        <a class="button" href="/admin/users?sort=storage">
          {t('Who uses most')}
        </a>
        {viewer?.role === 'admin' && (
          <a class="button" href="/admin/copies">
            {t('What can be dropped')}
          </a>
        )}
      </p>
      {now && (
        <>
          <LayerChart
            label={t('Space by kind')}
            labels={measured.map(({ day }) => day)}
            series={names.map(([kind, name]) => ({ name, values: measured.map(({ space }) => space[kind]) }))}
          />
          <Numbers name={t('Space by kind')} head={[t('Day'), ...names.map(([, name]) => name)]}>
            {measured.toReversed().map(({ day, space }) => (
              <tr>
                <th scope="row">{day}</th>
                {names.map(([kind]) => (
                  <td>{bytesText(space[kind], t.locale)}</td>
                ))}
              </tr>
            ))}
          </Numbers>
        </>
      )}
    </section>
  )
}

function ForecastText({ forecast }: Pick<StatisticsJson, 'forecast'>) {
  const t = useT()
  if (!forecast) return <span class="hint">{t('A forecast follows after two days of measuring.')}</span>
  const { daysLeft } = forecast
  if (daysLeft === null) return <>{t('At this pace the disk does not fill.')}</>
  return (
    <strong>
      {t({ one: 'Full in {n} day at this pace.', other: 'Full in {n} days at this pace.' }, { n: daysLeft })}
    </strong>
  )
}
