import type { BlockList, LookupFunction } from 'node:net'
import { node } from '../node'

/** IANA's special-purpose IPv4 addresses (RFC 6890 and its successors), multicast and reserved addresses. */
const CLOSED4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/**
 * Only global unicast is open in IPv6, which already excludes loopback, link-local, unique-local, multicast, mapped
 * (::ffff:0:0/96) and NAT64 (64:ff9b::/96, 64:ff9b:1::/48) addresses. `CLOSED6` are the special-purpose ranges inside
 * global unicast.
 */
const OPEN6 = '2000::/3'
const CLOSED6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

function networks(list: string[], family: 'ipv4' | 'ipv6') {
  const make = () => {
    const block = new node.net.BlockList()
    for (const each of list) {
      const [address = '', bits] = each.split('/')
      block.addSubnet(address, Number(bits), family)
    }
    return block
  }
  let made: BlockList | undefined
  return (address: string) => {
    made ??= make()
    return made.check(address, family)
  }
}
const isClosed4 = networks(CLOSED4, 'ipv4')
const isOpen6 = networks([OPEN6], 'ipv6')
const isClosed6 = networks(CLOSED6, 'ipv6')

/**
 * Tells whether an address is on the public internet, and neither on this machine or its network nor a detour to them.
 */
export function isPublicAddress(address: string): boolean {
  const family = node.net.isIP(address)
  if (family === 4) return !isClosed4(address)
  return family === 6 && !address.includes('%') && isOpen6(address) && !isClosed6(address)
}

/**
 * Names that are never public: those without a dot, and those reserved for private use (RFC 6761, 6762, 8375, and
 * ICANN's `internal`).
 */
const PRIVATE_NAME = /^[^.]*$|\.(localhost|local|internal|lan|home|corp|intranet|home\.arpa)$/

export type Refusal = 'scheme' | 'port' | 'address'

/**
 * Returns why a push may not go to this address, if so. Only https is allowed, on port 443 or a port above 1023, and no
 * address that is literally private; names are judged when they are resolved. When private services are allowed, all of
 * these are, too.
 */
export function refusalOf(url: URL, allowPrivate: boolean): Refusal | undefined {
  if (url.username || url.password) return 'address'
  if (allowPrivate) return /^https?:$/.test(url.protocol) ? undefined : 'scheme'
  if (url.protocol !== 'https:') return 'scheme'
  if (url.port && Number(url.port) < 1024) return 'port'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
  const isPublic = node.net.isIP(host) ? isPublicAddress(host) : !PRIVATE_NAME.test(host)
  return isPublic ? undefined : 'address'
}

export class ForbiddenAddress extends Error {}

/**
 * Resolves a name and passes only public addresses to the connection itself, so that nothing is resolved a second time.
 */
export const publicLookup: LookupFunction = (host, options, done) => {
  node.dns.lookup(host, { ...options, all: true }, (error, found) => {
    const [first, ...others] = error ? [] : found.filter(({ address }) => isPublicAddress(address))
    if (!first) return done(error ?? new ForbiddenAddress(`${host} is a private address`), '', 4)
    return options.all ? done(null, [first, ...others]) : done(null, first.address, first.family)
  })
}
