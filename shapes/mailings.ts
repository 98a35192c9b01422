export const DIGESTS = ['off', 'daily', 'weekly'] as const

export type Every = (typeof DIGESTS)[number]
