import type { BadMediaCode } from '../errors'

export type JxlReply = { png: Uint8Array } | { refused: BadMediaCode } | { failed: string }
