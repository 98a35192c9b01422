import { Hono } from 'hono'
import { assets as manifest } from '../../dist/assets/manifest'
import type { Env } from '../context'
import { sendFile } from '../http/send-file'
import { Problem } from '../problem'

type Asset = { url: string; type: string; raw: string; br?: string; gz?: string }

const byUrl = new Map<string, Asset>(Object.values(manifest).map((asset) => [asset.url, asset]))

/** The files that pages load. Their names change with their content, so browsers can cache them for ever. */
export const assets = new Hono<Env>().get('/:file', (c) => {
  const asset = byUrl.get(`/assets/${c.req.param('file')}`)
  if (!asset) throw new Problem('not_found', 'There is no such file.')
  const [encoding, path] = chooseForm(asset, c.req.header('accept-encoding') ?? '')
  return sendFile(c, Bun.file(path), {
    'content-type': asset.type,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Encoding',
    ...(encoding && { 'content-encoding': encoding }),
  })
})

function chooseForm({ raw, br, gz }: Asset, accepted: string): [encoding: string | null, path: string] {
  const accepts = (encoding: string) => new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted)
  if (br && accepts('br')) return ['br', br]
  if (gz && accepts('gzip')) return ['gzip', gz]
  return [null, raw]
}
