import { statSync } from 'node:fs'
import { type CallNumber, demand, isKnownSystem, pointerTo, syscall } from './libc'

/** Landlock takes rights to files, TCP ports and signals away from a process: https://docs.kernel.org/userspace-api/landlock.html */

const CREATE_RULESET: CallNumber = [444, 444]
const ADD_RULE: CallNumber = [445, 445]
const RESTRICT_SELF: CallNumber = [446, 446]
const OPENAT: CallNumber = [257, 56]
const CLOSE: CallNumber = [3, 57]

const CREATE_RULESET_VERSION = 1
const RULE_PATH_BENEATH = 1
const AT_FDCWD = -100
const O_PATH_CLOEXEC = 0o12000000

const EXECUTE = 1 << 0
const WRITE_FILE = 1 << 1
const READ_FILE = 1 << 2
const READ_DIR = 1 << 3
const REMOVE_DIR = 1 << 4
const REMOVE_FILE = 1 << 5
const MAKE_DIR = 1 << 7
const MAKE_REG = 1 << 8
const TRUNCATE = 1 << 14

/** The rights to files that each version of Landlock knows: those of version 1, then what later versions added. */
const FILE_RIGHTS: [since: number, rights: number][] = [
  [1, (1 << 13) - 1],
  [2, 1 << 13], // moving files between folders
  [3, TRUNCATE],
  [5, 1 << 15], // commands to devices
]
/** Opening ports and connecting over TCP, since version 4. */
const TCP_RIGHTS = 0b11
/** Connecting to abstract unix sockets of others and sending signals to others, since version 6. */
const SCOPES = 0b11

/** The rights that only folders can have. A rule for a file must not name them. */
const FOLDER_ONLY = READ_DIR | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG

const READ = READ_FILE | READ_DIR

/** The rights that a rule can give. `change` includes neither links nor sockets nor pipes nor devices. */
export const RIGHTS = {
  list: READ_DIR,
  read: READ,
  run: READ | EXECUTE,
  change: READ | WRITE_FILE | TRUNCATE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG,
} as const

export type Rule = { path: string; right: keyof typeof RIGHTS }

/** The version of Landlock in this kernel: 0 when it has none or does not use it. */
export const landlockVersion = () =>
  isKnownSystem ? Math.max(0, syscall(CREATE_RULESET, 0, 0, CREATE_RULESET_VERSION)) : 0

/**
 * Takes every right that this version of Landlock knows away from the calling thread, except those that the rules
 * give. Threads that exist already keep their rights. Paths that do not exist are skipped.
 */
export function restrictFiles(rules: Rule[], version: number) {
  const known = FILE_RIGHTS.reduce((all, [since, rights]) => (version >= since ? all | rights : all), 0)
  const attributes = [known, ...(version >= 4 ? [TCP_RIGHTS] : []), ...(version >= 6 ? [SCOPES] : [])]
  const ruleset = new BigUint64Array(attributes.map(BigInt))
  const handle = demand('create a Landlock ruleset', CREATE_RULESET, pointerTo(ruleset), ruleset.byteLength, 0)
  for (const { path, right } of rules) allow(handle, path, RIGHTS[right] & known)
  demand('apply the Landlock ruleset', RESTRICT_SELF, handle, 0)
  syscall(CLOSE, handle)
}

function allow(ruleset: number, path: string, rights: number) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return
  const descriptor = demand(`open ${path}`, OPENAT, AT_FDCWD, pointerTo(Buffer.from(`${path}\0`)), O_PATH_CLOEXEC)
  const rule = new DataView(new ArrayBuffer(12))
  rule.setBigUint64(0, BigInt(stat.isDirectory() ? rights : rights & ~FOLDER_ONLY), true)
  rule.setInt32(8, descriptor, true)
  demand(`allow ${path}`, ADD_RULE, ruleset, RULE_PATH_BENEATH, pointerTo(rule), 0)
  syscall(CLOSE, descriptor)
}
