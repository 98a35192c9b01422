// The most common passwords with ten letters or more, from zxcvbn (© Dan Wheeler and Dropbox, and zxcvbn-ts; MIT), and a
// few Korean words as they are typed with an English keyboard.
import list from './common-passwords.txt' with { type: 'text' }

let common: Set<string> | undefined

/** Whether a password is among the first that somebody would try. */
export function isCommonPassword(password: string): boolean {
  common ??= new Set(list.trim().split('\n'))
  const typed = password.toLowerCase()
  // “Password123!” is as common as “password123”.
  const stems = [typed, typed.replace(/[^\p{L}\p{N}]+$/u, ''), typed.replace(/[^\p{L}]+$/u, '')]
  return stems.some((stem) => common?.has(stem))
}
