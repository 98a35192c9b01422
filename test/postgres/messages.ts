/** The first message to the worker: where to connect, and the memory for its answers. */
export type Opening = { url: string; control: Int32Array; bytes: Uint8Array }
export const openingOf = (url: string, control: Int32Array, bytes: Uint8Array): Opening => ({ url, control, bytes })
/** A statement to run. The answer is JSON in `bytes`, with its length in `control[1]`. */
export type Wish = { sql: string; params: unknown[] }
