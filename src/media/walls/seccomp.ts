import { type CallNumber, demand, numberOnThisProcessor, pointerTo } from './libc'

/** A seccomp filter refuses system calls: https://docs.kernel.org/userspace-api/seccomp_filter.html */

const PRCTL: CallNumber = [157, 167]
const PR_SET_NO_NEW_PRIVS = 38
const PR_SET_SECCOMP = 22
const SECCOMP_MODE_FILTER = 2

/** How the kernel names the processor in each call (AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64). */
const ARCHITECTURE: CallNumber = [0xc000003e, 0xc00000b7]

/** Calls with this bit use the second table of numbers of x64 ("x32"), which the filter does not list. */
const X32 = 0x40000000

const REFUSED: Record<string, CallNumber> = {
  // the network, and sockets of other programs on this machine
  socket: [41, 198],
  connect: [42, 203],
  bind: [49, 200],
  listen: [50, 201],
  accept: [43, 202],
  accept4: [288, 242],
  // io_uring performs calls that no filter sees
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  // changes to files that Landlock does not cover, or only in newer kernels
  truncate: [76, 45],
  chmod: [90, null],
  fchmod: [91, 52],
  fchmodat: [268, 53],
  fchmodat2: [452, 452],
  chown: [92, null],
  fchown: [93, 55],
  lchown: [94, null],
  fchownat: [260, 54],
  utime: [132, null],
  utimes: [235, null],
  futimesat: [261, null],
  utimensat: [280, 88],
  setxattr: [188, 5],
  lsetxattr: [189, 6],
  fsetxattr: [190, 7],
  setxattrat: [463, 463],
  removexattr: [197, 14],
  lremovexattr: [198, 15],
  fremovexattr: [199, 16],
  removexattrat: [466, 466],
  file_setattr: [469, 469],
  // other processes, and parts of the kernel that no decoder needs
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  pidfd_getfd: [438, 438],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  bpf: [321, 280],
  userfaultfd: [323, 282],
  perf_event_open: [298, 241],
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
}

/**
 * Pairs of connected sockets, with which programs that are started talk to their parent. Only pairs that cannot be
 * connected to anything else are allowed.
 */
const SOCKETPAIR: CallNumber = [53, 199]
const AF_UNIX = 1
const SOCK_STREAM = 1
const TYPE_MASK = 0xf

/** Prevents programs that this process starts from gaining rights, as setuid programs do. Filters require it. */
export const gainNoRights = () => demand('set no_new_privs', PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)

/** Makes the refused calls fail with EPERM in the calling thread and in what it starts. */
export function refuseCalls() {
  const filter = encode(program())
  // the struct sock_fprog: a 16-bit length, padding, a pointer
  const description = new DataView(new ArrayBuffer(16))
  description.setUint16(0, filter.byteLength / 8, true)
  description.setBigUint64(8, BigInt(pointerTo(filter)), true)
  demand('apply the seccomp filter', PRCTL, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, pointerTo(description), 0, 0)
}

// the instructions of classic BPF, and where they find the parts of a call
const LOAD = 0x20
const AND = 0x54
const IF_EQUAL = 0x15
const IF_AT_LEAST = 0x35
const RETURN = 0x06
const NUMBER = 0
const PROCESSOR = 4
const ARGUMENTS = 16
const ALLOW = 0x7fff0000
const FAIL_WITH_EPERM = 0x00050001

/** An instruction. A condition names the label where it continues; without one it continues with the next. */
type Instruction = { code: number; value: number; ifTrue?: Label; ifFalse?: Label; label?: Label }
type Label = 'socketpair' | 'refuse'

/** The filter as an array of the struct sock_filter: a 16-bit code, two 8-bit jumps over instructions, a value. */
function encode(instructions: Instruction[]): Uint8Array<ArrayBuffer> {
  const bytes = new DataView(new ArrayBuffer(instructions.length * 8))
  const distance = (from: number, to?: Label) =>
    to ? instructions.findIndex(({ label }) => label === to) - from - 1 : 0
  instructions.forEach(({ code, value, ifTrue, ifFalse }, at) => {
    bytes.setUint16(at * 8, code, true)
    bytes.setUint8(at * 8 + 2, distance(at, ifTrue))
    bytes.setUint8(at * 8 + 3, distance(at, ifFalse))
    bytes.setUint32(at * 8 + 4, value, true)
  })
  return new Uint8Array(bytes.buffer)
}

function program(): Instruction[] {
  const known = (numbers: CallNumber) => numberOnThisProcessor(numbers) ?? 0
  const refused = Object.values(REFUSED)
    .map(numberOnThisProcessor)
    .filter((number) => number !== null)
  return [
    { code: LOAD, value: PROCESSOR },
    { code: IF_EQUAL, value: known(ARCHITECTURE), ifFalse: 'refuse' },
    { code: LOAD, value: NUMBER },
    { code: IF_AT_LEAST, value: X32, ifTrue: 'refuse' },
    { code: IF_EQUAL, value: known(SOCKETPAIR), ifTrue: 'socketpair' },
    ...refused.map((value): Instruction => ({ code: IF_EQUAL, value, ifTrue: 'refuse' })),
    { code: RETURN, value: ALLOW },
    { code: LOAD, value: ARGUMENTS, label: 'socketpair' },
    { code: IF_EQUAL, value: AF_UNIX, ifFalse: 'refuse' },
    { code: LOAD, value: ARGUMENTS + 8 },
    { code: AND, value: TYPE_MASK },
    { code: IF_EQUAL, value: SOCK_STREAM, ifFalse: 'refuse' },
    { code: RETURN, value: ALLOW },
    { code: RETURN, value: FAIL_WITH_EPERM, label: 'refuse' },
  ]
}
