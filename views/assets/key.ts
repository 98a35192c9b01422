/**
 * The letter of a shortcut. While another script is typed, such as Hangul, `key` is a letter of that script, so that the
 * place of the key on the keyboard counts.
 */
export const keyOf = ({ key, code }: { key: string; code: string }): string => {
  const letter = key.toLowerCase()
  if (key.length !== 1 || /[\x20-\x7e]/.test(key)) return letter
  return code === 'Slash' ? '/' : (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? letter)
}
