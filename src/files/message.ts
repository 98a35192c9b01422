import { type MessageValues, safeValues } from '../media/errors'

/** A message about a file: its English sentence, and the values in it, such as the name of a codec. */
export type Message = { code: string; message: string; values?: MessageValues }

/**
 * A message is stored as its English sentence, which is translated when it is shown. Values in it are stored behind it
 * on a line of their own.
 */
export function messageColumns(message: Message | undefined) {
  if (!message) return { errorCode: null, errorMessage: null }
  const values = safeValues(message.values)
  const behind = Object.keys(values).length ? `\n${JSON.stringify(values)}` : ''
  return { errorCode: message.code, errorMessage: message.message + behind }
}

/** Reads what `messageColumns` stored: the English sentence and the values in it. */
export function unpackMessage(stored: string): [message: string, values?: MessageValues] {
  const at = stored.indexOf('\n')
  return at < 0 ? [stored] : [stored.slice(0, at), JSON.parse(stored.slice(at + 1))]
}
