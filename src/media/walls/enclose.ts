import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isCompiled } from '../../program'
import { landlockVersion, type Rule, restrictFiles } from './landlock'
import { type CallNumber, isKnownSystem, replaceProcess, syscall } from './libc'
import { gainNoRights, refuseCalls } from './seccomp'

/**
 * The walls around the media worker: a file that takes control of a decoder finds no network, no database, no keys and
 * no files of other people. docs/security.md says exactly what the walls refuse.
 *
 * Landlock and seccomp restrict only the calling thread and what it starts, and Bun has other threads from its first
 * instant. So the worker starts twice: the first process restricts itself and then replaces itself by the same program,
 * in which every thread is restricted.
 */
export type Enclosure = {
  /** The folder of this worker. */
  folder: string
  /** The folder of unpacked native libraries. */
  nativeDir: string
  /** The programs that the worker may start. */
  programs: string[]
}

/** The parts of a worker's folder: files to read, and files that the worker makes. */
export const partsOf = (folder: string) => ({ given: join(folder, 'given'), made: join(folder, 'made') })

/** Where systems keep shared libraries, and what the system's loader and C library read. */
const SYSTEM: Rule[] = [
  ...['/usr/lib', '/usr/lib64', '/usr/local/lib', '/lib', '/lib64', '/nix/store', '/gnu/store'].map(run),
  ...['/etc/ld.so.cache', '/etc/ld-musl-x86_64.path', '/etc/ld-musl-aarch64.path'].map(read),
  ...['/dev/urandom', '/dev/random', '/dev/zero'].map(read),
  { path: '/dev/null', right: 'change' },
  // how many processors there are and how much memory is free
  ...['/proc/self', '/proc/meminfo', '/proc/stat', '/proc/cpuinfo', '/sys/devices/system/cpu'].map(read),
  ...['/proc/sys/vm/overcommit_memory', '/sys/kernel/mm/transparent_hugepage'].map(read),
]

const PROJECT = join(import.meta.dir, '../../..')
const SOURCES = ['src', 'shapes', 'views', 'node_modules', 'package.json', 'tsconfig.json', 'bunfig.toml', 'dist']

/** The files that Bun reads to run the project without a compiled executable, in development and in tests. */
const sources = (): Rule[] => [
  ...SOURCES.map((name) => read(join(PROJECT, name))),
  { path: PROJECT, right: 'list' }, // Bun looks for node_modules in it
]

function run(path: string): Rule {
  return { path, right: 'run' }
}
function read(path: string): Rule {
  return { path, right: 'read' }
}

function rulesFor({ folder, nativeDir, programs }: Enclosure): Rule[] {
  const { given, made } = partsOf(folder)
  const startable = programs.filter((path) => existsSync(path)).map((path) => realpathSync(path))
  const libraries = startable.map((path) => join(dirname(path), '../lib'))
  return [
    ...SYSTEM,
    ...[process.execPath, ...startable].map(run),
    // programs outside of the system's folders often bring their libraries along
    ...libraries.filter((path) => !folder.startsWith(`${path}/`)).map(run),
    ...(isCompiled() ? [] : sources()),
    run(nativeDir),
    read(given),
    { path: made, right: 'change' },
  ]
}

const CLOSE_RANGE: CallNumber = [436, 436]
const CLOSE_RANGE_CLOEXEC = 4
/** The first file that the restricted worker does not inherit, after its input, outputs and replies. */
const FIRST_CLOSED = 4

const MARK = 'enclosed'

/**
 * Restricts this process. It does not return the first time: it starts the program again with the mark as an
 * additional argument. When it returns, the process is restricted as far as the kernel can do it.
 */
export function enclose(enclosure: Enclosure, mark: string | undefined) {
  if (!isKnownSystem) return
  if (mark) return prove(enclosure, mark)
  const version = landlockVersion()
  writeFileSync(witnessIn(enclosure.folder), '')
  process.chdir(partsOf(enclosure.folder).made) // Bun reads the folder in which it is started
  gainNoRights()
  if (version) restrictFiles(rulesFor(enclosure), version)
  refuseCalls()
  syscall(CLOSE_RANGE, FIRST_CLOSED, 0xffffffff, CLOSE_RANGE_CLOEXEC)
  const commandLine = readFileSync('/proc/self/cmdline', 'utf8').split('\0').slice(0, -1)
  replaceProcess(process.execPath, [...commandLine, `${MARK}:${version}`])
}

/** Refuses to decode anything if the restrictions did not survive the start of the program. */
function prove({ folder }: Enclosure, mark: string) {
  if (!isEnclosed('self')) throw new Error('The media worker has lost its seccomp filter.')
  if (mark !== `${MARK}:0` && canRead(witnessIn(folder)))
    throw new Error('The media worker has lost its Landlock rules.')
}

/** Whether a process can gain no rights and has a seccomp filter. */
export function isEnclosed(pid: number | 'self'): boolean {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return /^NoNewPrivs:\s*1$/m.test(status) && /^Seccomp:\s*2$/m.test(status)
}

/** A file that the enclosed process must not be able to read. */
const witnessIn = (folder: string) => join(folder, 'out-of-reach')

function canRead(path: string) {
  try {
    readFileSync(path)
    return true
  } catch {
    return false
  }
}
