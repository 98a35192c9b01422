import type { MessageValues } from '../media/errors'

/**
 * A message about a file is stored as its English sentence, which is translated when it is shown. A value in it, such
 * as the name of a codec, is stored behind it on a line of its own.
 */
export const packMessage = (message: string, values: MessageValues = {}) =>
  Object.keys(values).length ? `${message}\n${JSON.stringify(values)}` : message

export function unpackMessage(stored: string): [message: string, values?: MessageValues] {
  const at = stored.indexOf('\n')
  return at < 0 ? [stored] : [stored.slice(0, at), JSON.parse(stored.slice(at + 1))]
}
