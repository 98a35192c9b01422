import { node } from './node'

/**
 * Reads which addresses are proxies: `1` for this machine, or a list of addresses and networks. Returns null when an
 * item of the list is neither.
 */
export function toTrust(text: string): ((address: string) => boolean) | null {
  const list = new node.net.BlockList()
  const parts = text === '1' ? ['127.0.0.0/8', '::1'] : text.split(/[\s,]+/).filter(Boolean)
  const add = (part: string) => {
    const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(part) ?? []
    const family = familyOf(address)
    if (!family || Number(bits ?? 0) > (family === 'ipv4' ? 32 : 128)) return false
    if (bits) list.addSubnet(address, Number(bits), family)
    else list.addAddress(address, family)
    return true
  }
  if (!parts.length || !parts.every(add)) return null
  return (address) => {
    const family = familyOf(address)
    return family !== undefined && list.check(address, family)
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = node.net.isIP(address)
  if (version === 0) return undefined
  return version === 4 ? 'ipv4' : 'ipv6'
}
