import { dlopen, ptr } from 'bun:ffi'
import { spawnSync } from 'node:child_process'
import { chmodSync, linkSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The things that an attacker in the media worker would try. */
export type Targets = {
  dataDir: string
  port: number
  socket: string
  /** A process of the same user outside of the walls. */
  bystander: number
  made: string
}

const outcome = async (attempt: () => unknown) => {
  try {
    await attempt()
    return 'done'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  }
}

const connect = (options: { hostname: string; port: number } | { unix: string }) =>
  Bun.connect({ ...options, socket: { data() {}, open: (connection: Bun.Socket) => void connection.end() } } as never)

/** Tries everything that must be refused, on the calling thread. */
export async function attempt({ dataDir, port, socket, bystander, made }: Targets) {
  const at = (...names: string[]) => join(dataDir, ...names)
  const attempts: Record<string, () => unknown> = {
    'read the keys': () => readFileSync(at('secrets.json')),
    'read the keys on the pool': () => readFile(at('secrets.json')),
    'read the keys with Bun.file': () => Bun.file(at('secrets.json')).text(),
    'read the database': () => readFileSync(at('pinhole.sqlite')),
    'list the data folder': () => readdirSync(dataDir),
    'list the folder of another file': () => readdirSync(at('media/7')),
    'read another file': () => readFileSync(at('media/7/original')),
    'read the memory map of another process': () => readFileSync(`/proc/${bystander}/maps`),
    'overwrite the database on the pool': () => appendFile(at('pinhole.sqlite'), ''),
    'cut the database': () => truncateSync(at('pinhole.sqlite'), 8),
    'open the keys to everyone': () => chmodSync(at('secrets.json'), 0o600),
    'create a file': () => writeFileSync(at('planted'), ''),
    'link the keys': () => linkSync(at('secrets.json'), join(made, `hard-${crypto.randomUUID()}`)),
    'link the keys symbolically': () => symlinkSync(at('secrets.json'), join(made, `soft-${crypto.randomUUID()}`)),
    'connect over TCP': () => connect({ hostname: '127.0.0.1', port }),
    'connect to a unix socket': () => connect({ unix: socket }),
    'signal another process': () => process.kill(bystander, 'SIGCONT'),
    'start another program': () => {
      const { error } = spawnSync('/bin/true')
      if (error) throw error
    },
  }
  const results: Record<string, string> = {}
  for (const [name, perform] of Object.entries(attempts)) results[name] = await outcome(perform)
  return results
}

const OPEN_READ_ONLY = 0
const AF_UNIX = 1
const AF_INET = 2
const SOCK_STREAM = 1
const SOCK_DGRAM = 2

/** Tries the same in native code, where no JavaScript stands between the caller and the kernel. */
export function attemptNatively({ dataDir }: Targets) {
  const { symbols } = dlopen('libc.so.6', {
    open: { args: ['ptr', 'int'], returns: 'int' },
    socket: { args: ['int', 'int', 'int'], returns: 'int' },
    socketpair: { args: ['int', 'int', 'int', 'ptr'], returns: 'int' },
    syscall: { args: ['i64', 'i64', 'i64'], returns: 'i64' },
  })
  const told = (result: number | bigint) => (Number(result) < 0 ? 'refused' : 'done')
  const open = (name: string) => told(symbols.open(ptr(Buffer.from(`${join(dataDir, name)}\0`)), OPEN_READ_ONLY))
  const pair = new Int32Array(2)
  return {
    'open the keys': open('secrets.json'),
    'open the database': open('pinhole.sqlite'),
    'make a TCP socket': told(symbols.socket(AF_INET, SOCK_STREAM, 0)),
    'make a UDP socket': told(symbols.socket(AF_INET, SOCK_DGRAM, 0)),
    'make a unix socket': told(symbols.socket(AF_UNIX, SOCK_STREAM, 0)),
    'make a pair of datagram sockets': told(symbols.socketpair(AF_UNIX, SOCK_DGRAM, 0, ptr(pair))),
    'set up io_uring': told(symbols.syscall(425, 8, ptr(new Uint8Array(120)))),
  }
}
