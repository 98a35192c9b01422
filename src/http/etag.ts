import type { Text } from './compress'

/**
 * A weak entity tag made from the body of an answer. The tag is weak because the answer may be compressed in several
 * ways.
 */
export const tagOf = (body: Text): string => `W/"${Bun.hash(body).toString(36)}"`

/** Whether `If-None-Match` names the tag. */
export const isNamed = (header: string | undefined, tag: string): boolean =>
  header?.split(',').some((each) => [tag, tag.slice('W/'.length), '*'].includes(each.trim())) ?? false
