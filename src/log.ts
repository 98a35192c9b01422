import { isOutOfRoom } from './disk'
import { measures } from './measures'

export type LogFormat = 'text' | 'json'
type Level = 'info' | 'warn' | 'error'
type Fields = Record<string, unknown>

let format: LogFormat = 'text'

const MINUTE_MS = 60_000
let toldOfFullDiskAt = Number.NEGATIVE_INFINITY

/** Writes one line per event to stderr; stdout is reserved for the output of commands. */
export const log = {
  info: (message: string, fields?: Fields) => put('info', message, fields),
  warn: (message: string, fields?: Fields) => put('warn', message, fields),
  /** Writes the stack of an `Error` among the fields. */
  error: (message: string, fields?: Fields) => put('error', message, fields),
}

/** Applies to the whole process, from the next line on. */
export function setLogFormat(wanted: LogFormat): void {
  format = wanted
}

function put(level: Level, message: string, fields: Fields = {}) {
  measures.logLines[level]++
  if (isOutOfRoom(fields.error)) return putFullDisk(Date.now())
  process.stderr.write(`${formatLine(format, new Date(), level, message, fields)}\n`)
}

/** Everything fails while the disk is full, so the log says it once a minute instead of once for each failure. */
function putFullDisk(now: number) {
  if (now - toldOfFullDiskAt < MINUTE_MS) return
  toldOfFullDiskAt = now
  const message = 'The disk is full, so nothing new is stored. Make room; the server then goes on by itself'
  process.stderr.write(`${formatLine(format, new Date(now), 'error', message)}\n`)
}

/** Writes one line of the log, without its end. */
export function formatLine(format: LogFormat, time: Date, level: Level, message: string, fields: Fields = {}): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  if (format === 'json')
    return JSON.stringify({
      time,
      level,
      message,
      ...Object.fromEntries(given.map(([name, value]) => [name, plain(value)])),
    })
  const details = given.map(
    ([name, value]) => ` ${name}=${value instanceof Error ? indented(plain(value)) : quote(value)}`,
  )
  return `${time.toISOString()} ${level.padEnd(5)} ${oneLine(message)}${details.join('')}`
}

const plain = (value: unknown) => (value instanceof Error ? (value.stack ?? String(value)) : value)
/** Indents every line of a stack, so that no text in an error message can be mistaken for a log entry. */
const indented = (stack: unknown) => String(stack).split('\n').map(oneLine).join('\n    ').replace(/\n +/g, '\n    ')

/**
 * Removes control characters and line separators, so that text from a client (a path, a user agent) cannot forge a log
 * entry.
 */
const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /^[\w./:@-]+$/.test(text) ? text : JSON.stringify(oneLine(text))
}
