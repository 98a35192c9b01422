/** Decodes what stands between percent signs in a part of an address. Undefined when it is not encoded rightly. */
export function decodedPart(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
