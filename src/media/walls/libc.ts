import { dlopen, type Pointer, ptr } from 'bun:ffi'

/** The processors whose system call numbers are known. The numbers in tables of this folder are in this order. */
const PROCESSORS = ['x64', 'arm64'] as const
const processor = PROCESSORS.indexOf(process.arch as 'x64')

/** Whether this system can have walls at all: Linux on a processor whose system call numbers are known. */
export const isKnownSystem = process.platform === 'linux' && processor >= 0

/** The number of a system call on each processor; null where the call does not exist. */
export type CallNumber = readonly [x64: number | null, arm64: number | null]

/** Picks the number for this processor. */
export const numberOnThisProcessor = (numbers: CallNumber) => numbers[processor] ?? null

const LIBRARIES = ['libc.so.6', 'libc.musl-x86_64.so.1', 'libc.musl-aarch64.so.1']

const open = (library: string) =>
  dlopen(library, {
    syscall: { args: ['i64', 'i64', 'i64', 'i64', 'i64', 'i64'], returns: 'i64' },
    execv: { args: ['ptr', 'ptr'], returns: 'int' },
  }).symbols

let opened: ReturnType<typeof open> | undefined

function libc() {
  for (const library of LIBRARIES) {
    if (opened) break
    try {
      opened = open(library)
    } catch {} // the next one may be there
  }
  if (!opened) throw new Error(`None of these C libraries was found: ${LIBRARIES.join(', ')}.`)
  return opened
}

/**
 * Keeps memory that only the kernel reads. Without another reference in the program, the memory could be collected
 * before a system call.
 */
const kept: (NodeJS.TypedArray | DataView)[] = []

/** Returns where memory is, for a system call. The memory stays until the process ends or is replaced. */
export function pointerTo(memory: NodeJS.TypedArray | DataView): Pointer {
  kept.push(memory)
  return ptr(memory)
}

/** Performs a system call. Returns -1 when the kernel refuses it. */
export function syscall(numbers: CallNumber, ...args: (number | bigint | Pointer)[]): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = args
  return Number(libc().syscall(numberOnThisProcessor(numbers) ?? -1, a, b, c, d, e))
}

/** Performs a system call that must succeed. `purpose` completes "The kernel refused to …". */
export function demand(purpose: string, numbers: CallNumber, ...args: (number | bigint | Pointer)[]): number {
  const result = syscall(numbers, ...args)
  if (result < 0) throw new Error(`The kernel refused to ${purpose}.`)
  return result
}

/** Replaces this process by a program. The process id, the environment and the open files 0 to 3 stay. */
export function replaceProcess(program: string, args: string[]): never {
  const textAt = (text: string) => pointerTo(Buffer.from(`${text}\0`))
  const list = new BigUint64Array([...args.map((arg) => BigInt(textAt(arg))), 0n])
  libc().execv(textAt(program), pointerTo(list))
  throw new Error(`${program} cannot be started again.`)
}
