// The most common passwords with ten letters or more, from zxcvbn (© Dan Wheeler and Dropbox, and zxcvbn-ts; MIT), and a
// few Korean words as they are typed with an English keyboard.
import list from './common-passwords.txt' with { type: 'text' }

let common: Set<string> | undefined

/** The most characters of a password. */
export const LONGEST_PASSWORD = 200

/**
 * Whether a password is among the first that somebody would try. One that is too long to be a password is not compared,
 * since that would take hours with a text of a megabyte.
 */
export function isCommonPassword(password: string): boolean {
  if (password.length > LONGEST_PASSWORD) return false
  common ??= new Set(list.trim().split('\n'))
  const typed = password.toLowerCase()
  // “Password123!” is as common as “password123”.
  const stems = [typed, typed.replace(/[^\p{L}\p{N}]+$/u, ''), typed.replace(/[^\p{L}]+$/u, '')]
  return stems.some((stem) => common?.has(stem))
}
