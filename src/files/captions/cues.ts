/** A caption: the seconds between which it is shown, where it stands, and its text. */
export type Cue = { start: number; end: number; place: string; text: string }

export type Fault = 'none' | 'times' | 'order' | 'many'

const MOST_CUES = 10_000
const MOST_CHARACTERS = 1_000

const TIME = String.raw`((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})`
const TIMES = new RegExp(`^\\s*${TIME}\\s*-->\\s*${TIME}(.*)$`)
/** Where a caption stands (WebVTT, 6.3). Everything else, such as regions, would need parts that are dropped. */
const PLACE = /^(?:align:(?:start|center|end|left|right)|(?:line|position|size):[\d.,%a-z-]{1,20}|vertical:(?:rl|lr))$/
/** What stays of the marks in a text. Colours, classes, times and marks of players are dropped. */
const KEPT = /^<(?:\/?[biu]|\/v|v [^<>]{1,60})>$/

/** Reads WebVTT (https://www.w3.org/TR/webvtt1/) or SRT. */
export function readCues(text: string): Cue[] | Fault {
  const blocks = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .split(/\n[ \t]*\n+/)
  const cues: Cue[] = []
  for (const block of blocks) {
    const lines = block.split('\n').filter((line) => line.trim())
    const at = lines.findIndex((line) => line.includes('-->'))
    if (at < 0 || /^(NOTE|STYLE|REGION)\b/.test(lines[0]!)) continue
    const [, from, until, settings = ''] = TIMES.exec(lines[at]!) ?? []
    if (!from || !until) return 'times'
    const [start, end] = [secondsOf(from), secondsOf(until)]
    if (end <= start) return 'order'
    const cleaned = clean(lines.slice(at + 1).join('\n'))
    const place = settings.split(/\s+/).filter((each) => PLACE.test(each))
    if (cleaned) cues.push({ start, end, place: place.join(' '), text: cleaned })
    if (cues.length > MOST_CUES) return 'many'
  }
  return cues.length ? cues.sort((a, b) => a.start - b.start) : 'none'
}

/** Writes the captions that begin before the end of a video of this length. */
export function writeCues(cues: Cue[], seconds: number): string {
  const shown = cues.filter(({ start }) => start < seconds)
  const blocks = shown.map(({ start, end, place, text }) => {
    const times = `${timeText(start)} --> ${timeText(Math.min(end, seconds))}`
    return `${place ? `${times} ${place}` : times}\n${text}\n`
  })
  return ['WEBVTT\n', ...blocks].join('\n')
}

function clean(text: string): string {
  return text
    .replace(/\{\\[^{}]*\}/g, '')
    .split(/(<[^<>]*>)/)
    .map((part, i) => (i % 2 ? keptMark(part) : escaped(part)))
    .join('')
    .slice(0, MOST_CHARACTERS)
    .trim()
}

const keptMark = (mark: string) => (KEPT.test(mark) ? mark : '')

const escaped = (text: string) =>
  text
    .replace(/&(?!(?:amp|lt|gt|nbsp|lrm|rlm|#\d{1,6});)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

function secondsOf(time: string): number {
  const [seconds = 0, minutes = 0, hours = 0] = time.replace(',', '.').split(':').reverse().map(Number)
  return hours * 3600 + minutes * 60 + seconds
}

function timeText(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  const [h, m, s] = [ms / 3600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(two)
  return `${h}:${m}:${s}.${String(ms % 1000).padStart(3, '0')}`
}
