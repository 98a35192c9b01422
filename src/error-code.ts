/** The code of an error of the system or of a library, such as `ENOENT`. Undefined when it has none. */
export const errorCode = (error: unknown): string | undefined => (error as { code?: string } | null)?.code

/** Turns the error about a file that does not exist into null, and throws every other error again. */
export function nullIfMissing(error: unknown): null {
  if (errorCode(error) !== 'ENOENT') throw error
  return null
}
