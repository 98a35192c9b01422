import { useFrame } from '../frame'
import { numberText } from '../words/format'

const [WIDTH, HEIGHT] = [640, 160]

type Bar = { label: string; value: number }

/** A bar chart that starts at 0; the highest bar fills the height. Screen readers use the table beside it. */
export function BarChart({ bars, label }: { bars: Bar[]; label: string }) {
  const { t } = useFrame()
  const most = Math.max(1, ...bars.map(({ value }) => value))
  const step = WIDTH / bars.length
  const width = Math.max(1, step * 0.72)
  const top = (value: number) => HEIGHT - (Math.max(0, value) / most) * (HEIGHT - 8)
  return (
    <figure class="chart">
      <figcaption>
        <span>{label}</span>
        <span class="hint">{t('highest: {n}', { n: most })}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <line class="rule" x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        <line class="rule faint" x1="0" x2={WIDTH} y1="8" y2="8" />
        {bars.map(({ label, value }, at) => (
          <rect
            class="bar"
            x={round(at * step + (step - width) / 2)}
            y={round(top(value))}
            width={round(width)}
            height={round(HEIGHT - top(value))}
          >
            <title>{`${label}: ${numberText(value, t.locale)}`}</title>
          </rect>
        ))}
      </svg>
      <Ends first={bars[0]?.label} last={bars.at(-1)?.label} />
    </figure>
  )
}

const round = (n: number) => Math.round(n * 100) / 100

const Ends = ({ first, last }: { first: string | undefined; last: string | undefined }) => (
  <div class="ends hint" aria-hidden="true">
    <span>{first}</span>
    <span>{last !== first && last}</span>
  </div>
)

type Series = { name: string; values: number[] }

/** An area chart with up to six stacked layers over time. */
export function LayerChart({ series, labels, label }: { series: Series[]; labels: string[]; label: string }) {
  const totals = labels.map((_, at) => series.reduce((sum, { values }) => sum + Math.max(0, values[at] ?? 0), 0))
  const most = Math.max(1, ...totals)
  const x = (at: number) => round(labels.length === 1 ? at * WIDTH : (at / (labels.length - 1)) * WIDTH)
  const y = (value: number) => round(HEIGHT - (value / most) * (HEIGHT - 8))
  const spots = labels.length === 1 ? [0, 0] : labels.map((_, at) => at)
  const below = (layer: number, at: number) =>
    series.slice(0, layer).reduce((sum, { values }) => sum + Math.max(0, values[at] ?? 0), 0)
  const area = (layer: number) => {
    const upper = spots.map((at, i) => `${x(i)},${y(below(layer + 1, at))}`)
    const lower = spots.map((at, i) => `${x(i)},${y(below(layer, at))}`).reverse()
    return [...upper, ...lower].join(' ')
  }
  return (
    <figure class="chart">
      <figcaption>
        <span>{label}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <line class="rule" x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        {series.map((_, layer) => (
          <polygon class={`layer layer-${layer}`} points={area(layer)} />
        ))}
      </svg>
      <Ends first={labels[0]} last={labels.at(-1)} />
      <ul class="legend">
        {series.map(({ name }, layer) => (
          <li>
            <svg width="12" height="12" aria-hidden="true">
              <rect class={`layer layer-${layer}`} width="12" height="12" rx="2" />
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </figure>
  )
}
