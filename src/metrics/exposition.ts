import type { Histogram } from '../measures'

/** The content type of the text format that Prometheus reads. */
export const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8'

type Labels = Record<string, string | number>

/** Collects metrics and writes them in the text format of Prometheus. Every name begins with `pinhole_`. */
export function createExposition() {
  const lines: string[] = []

  function begin(name: string, help: string, type: 'counter' | 'gauge' | 'histogram') {
    lines.push(`# HELP pinhole_${name} ${help}`, `# TYPE pinhole_${name} ${type}`)
  }
  const line = (name: string, labels: Labels, value: number) => lines.push(`pinhole_${name}${written(labels)} ${value}`)

  function values(type: 'counter' | 'gauge') {
    return (name: string, help: string, samples: number | [Labels, number][]) => {
      begin(name, help, type)
      const all: [Labels, number][] = typeof samples === 'number' ? [[{}, samples]] : samples
      for (const [labels, value] of all) line(name, labels, value)
    }
  }

  return {
    counter: values('counter'),
    gauge: values('gauge'),
    histogram(name: string, help: string, samples: [Labels, Histogram][]) {
      begin(name, help, 'histogram')
      for (const [labels, { bounds, counts, sum, count }] of samples) {
        let upTo = 0
        for (const [at, bound] of bounds.entries()) {
          upTo += counts[at]!
          line(`${name}_bucket`, { ...labels, le: bound }, upTo)
        }
        line(`${name}_bucket`, { ...labels, le: '+Inf' }, count)
        line(`${name}_sum`, labels, sum)
        line(`${name}_count`, labels, count)
      }
    },
    text: () => `${lines.join('\n')}\n`,
  }
}

export type Exposition = ReturnType<typeof createExposition>

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`)
  return pairs.length ? `{${pairs.join(',')}}` : ''
}

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
