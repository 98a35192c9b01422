/** How many items a message names. */
const NAMED = 10

/** Names the first items of a list in a message, and says how many more there are. */
export function someOf(items: readonly (string | number)[]): string {
  const more = items.length - NAMED
  return `${items.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
