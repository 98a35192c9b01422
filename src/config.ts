import { z } from 'zod'

const schema = z.object({
  PINHOLE_PORT: z.coerce.number().int().min(0).max(65535).default(7777),
  PINHOLE_HOST: z.string().default('0.0.0.0'),
  PINHOLE_DATA: z.string().default('./data'),
  PINHOLE_URL: z.url({ protocol: /^https?$/ }).optional(),
  PINHOLE_MAX_UPLOAD_MB: z.coerce.number().int().positive().default(4096),
})

export type Config = Readonly<ReturnType<typeof readConfig>>

/** The only reader of the environment; flags (`port` is `PINHOLE_PORT`) come first. Throws one message that lists every mistake. */
export function readConfig(flags: Record<string, string | undefined>, env: Record<string, string | undefined>) {
  const named = Object.entries(flags).map(([flag, value]) => [`PINHOLE_${flag.toUpperCase()}`, value] as const)
  const given = [...Object.entries(env), ...named].filter(([, value]) => value) // set, but empty, is not set
  const result = schema.safeParse(Object.fromEntries(given))
  if (!result.success) throw new Error(`Bad configuration:\n${z.prettifyError(result.error)}`)
  const { PINHOLE_PORT, PINHOLE_HOST, PINHOLE_DATA, PINHOLE_URL, PINHOLE_MAX_UPLOAD_MB } = result.data
  return {
    port: PINHOLE_PORT,
    host: PINHOLE_HOST,
    dataDir: PINHOLE_DATA,
    url: PINHOLE_URL,
    maxUploadBytes: PINHOLE_MAX_UPLOAD_MB * 1024 ** 2,
  }
}
