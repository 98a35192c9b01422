import { log } from '../log'
import { type CallNumber, isKnownSystem, pointerTo, syscall } from '../media/walls/libc'

const SOCKET: CallNumber = [41, 198]
const CONNECT: CallNumber = [42, 203]
const WRITE: CallNumber = [1, 64]
const CLOSE: CallNumber = [3, 57]

const AF_UNIX = 1
/** A datagram socket that programs which are started later do not get: SOCK_DGRAM | SOCK_CLOEXEC. */
const SOCK_DGRAM = 2 | 0o2000000

/** The longest name in an address of a Unix socket (unix(7)). */
const LONGEST_NAME = 107

/**
 * Tells the service manager how far the server is, as sd_notify(3) does, where the manager listens at a socket (systemd
 * with `Type=notify`, Podman). Bun has no datagram sockets for paths, so the system is called
 * directly. A server whose manager cannot be told goes on.
 */
export function notifyManager(path: string | undefined, state: 'READY=1' | 'STOPPING=1'): void {
  if (!path || !isKnownSystem) return
  try {
    sendDatagram(path, `${state}\n`)
  } catch (error) {
    log.warn('The service manager could not be told how far the server is', { state, error })
  }
}

function sendDatagram(path: string, text: string) {
  const [address, bytes] = [addressOf(path), Buffer.from(text)]
  const socket = syscall(SOCKET, AF_UNIX, SOCK_DGRAM, 0)
  if (socket < 0) throw new Error('The kernel refused to make a socket.')
  try {
    if (syscall(CONNECT, socket, pointerTo(address), address.length) < 0) throw new Error(`Nobody receives at ${path}.`)
    if (syscall(WRITE, socket, pointerTo(bytes), bytes.length) !== bytes.length)
      throw new Error(`The message to ${path} was not sent.`)
  } finally {
    syscall(CLOSE, socket)
  }
}

/** The family and the path with a zero at its end, or a name of the abstract namespace, which is written with an @. */
function addressOf(path: string): Buffer {
  const name = path.startsWith('@') ? `\0${path.slice(1)}` : `${path}\0`
  if (!/^[/@]/.test(path) || Buffer.byteLength(path) > LONGEST_NAME)
    throw new Error(`NOTIFY_SOCKET is not the address of a socket: ${path}`)
  return Buffer.concat([new Uint8Array(new Uint16Array([AF_UNIX]).buffer), Buffer.from(name)])
}
