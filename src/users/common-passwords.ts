// The most common passwords with ten letters or more, from zxcvbn (© Dan Wheeler and Dropbox, and zxcvbn-ts; MIT), and a
// few Korean words as they are typed with an English keyboard.
import list from './common-passwords.txt' with { type: 'text' }

let common: Set<string> | undefined

/** Whether a password is among the first that somebody would try: a common one, a repetition or a sequence. */
export function isCommonPassword(password: string): boolean {
  common ??= new Set(list.trim().split('\n'))
  const typed = password.toLowerCase()
  // “Password123!” is as common as “password123”.
  const stems = [typed, typed.replace(/[^\p{L}\p{N}]+$/u, ''), typed.replace(/[^\p{L}]+$/u, '')]
  return stems.some((stem) => common?.has(stem)) || isRepetition(typed) || isSequence(typed)
}

/** Whether one to four characters are repeated, as in “abcabcabcabc”. */
const isRepetition = (text: string) =>
  [1, 2, 3, 4].some((period) => [...text].every((char, at, all) => at < period || char === all[at - period]))

/** Whether each character follows the one before, up or down, as in “abcdefghij” or “9876543210”. */
function isSequence(text: string): boolean {
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0))
  // 0 follows 9 on the keyboard.
  const isStep = (step: number, by: 1 | -1) => step === by || step === by * -9
  return steps.every((step) => isStep(step, 1)) || steps.every((step) => isStep(step, -1))
}
