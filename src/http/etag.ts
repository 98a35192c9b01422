/**
 * A weak entity tag made from the bytes of an answer. The tag is weak because the answer may be compressed in several
 * ways.
 */
export const tagOf = (bytes: Uint8Array): string => `W/"${Bun.hash(bytes).toString(36)}"`

/** Whether `If-None-Match` names the tag. */
export const isNamed = (header: string | undefined, tag: string): boolean =>
  header?.split(',').some((each) => [tag, tag.slice('W/'.length), '*'].includes(each.trim())) ?? false
