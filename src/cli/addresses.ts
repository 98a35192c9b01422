import { networkInterfaces } from 'node:os'
import type { Config } from '../config'

/** The addresses of the server: the public one, or those of this machine. The first one is for sharing. */
export function addressesOf(
  { url, host, tls }: Pick<Config, 'url' | 'host' | 'tls'>,
  port: number,
): [string, ...string[]] {
  if (url) return [url]
  const at = (name: string) => `${tls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`
  return isAny(host) ? [at('localhost'), ...localNetwork().map(at)] : [at(host)]
}

const isAny = (host: string) => ['0.0.0.0', '::', '*'].includes(host)

const localNetwork = () =>
  Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
