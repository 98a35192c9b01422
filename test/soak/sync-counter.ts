import { writeFileSync } from 'node:fs'

/** The numbers of the required system calls of Linux on x86-64. */
const CALLS = { write: 1, open: 2, close: 3, fsync: 74, fdatasync: 75 }
const O_APPEND_CREATE = 0x1 | 0x40 | 0x400

type Sync = 'fsync' | 'fdatasync'
const SYNCS: Sync[] = ['fsync', 'fdatasync']

/** The layout of the library. The first page is read and executed, and the loader may write to the second. */
const at = { hash: 0x140, symbols: 0x160, names: 0x1b0, path: 0x200, code: 0x600, dynamic: 0x1000 }
const LONGEST_PATH = at.code - at.path - 1

/**
 * Writes a shared library (ELF, Linux, x86-64) for LD_PRELOAD. In a process that loads it, every fsync and fdatasync
 * also appends a byte to the file `log`, so the size of that file is the number of syncs. The library is assembled by
 * hand, because minimal machines have neither a compiler nor strace.
 */
export function writeSyncCounter(library: string, log: string): void {
  if (Buffer.byteLength(log) > LONGEST_PATH) throw new Error(`The path is too long: ${log}`)
  const names = `\0${SYNCS.join('\0')}\0`
  const file = Buffer.alloc(at.dynamic + 16 * 6)
  const put = (offset: number, bytes: Uint8Array) => file.set(bytes, offset)
  put(0, header())
  put(64, segments(file.length))
  put(at.hash, words(1, 3, 1, 0, 2, 0)) // one bucket in which the second symbol follows the first
  put(at.names, Buffer.from(names))
  put(at.path, Buffer.from(log))
  let code = at.code
  for (const [index, name] of SYNCS.entries()) {
    const body = counting(name, code)
    put(at.symbols + 24 * (index + 1), symbol(names.indexOf(`${name}\0`), code, body.length))
    put(code, body)
    code += body.length
  }
  const [HASH, STRTAB, SYMTAB, STRSZ, SYMENT] = [4n, 5n, 6n, 10n, 11n]
  put(
    at.dynamic,
    longs(HASH!, at.hash, SYMTAB!, at.symbols, STRTAB!, at.names, STRSZ!, names.length, SYMENT!, 24, 0, 0),
  )
  writeFileSync(library, file)
}

const shorts = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer)
const words = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer)
const longs = (...values: (number | bigint)[]) => new Uint8Array(BigUint64Array.from(values, BigInt).buffer)

/**
 * An ELF header: 64 bits, little-endian, a shared object (3) for x86-64 (62), with four program headers of 56 bytes at
 * offset 64.
 */
const header = () =>
  Buffer.concat([
    Buffer.from('\x7fELF\x02\x01\x01'.padEnd(16, '\0'), 'latin1'),
    shorts(3, 62),
    words(1),
    longs(0, 64, 0),
    words(0),
    shorts(64, 56, 4, 64, 0, 0),
  ])

function segments(end: number) {
  const [LOAD, DYNAMIC, STACK] = [1, 2, 0x6474e551] as const
  const [X, W, R] = [1, 2, 4] as const
  const segment = (type: number, flags: number, from: number, to: number, align: number) =>
    Buffer.concat([words(type, flags), longs(from, from, from, to - from, to - from, align)])
  return Buffer.concat([
    segment(LOAD, R | X, 0, at.dynamic, 0x1000),
    segment(LOAD, R | W, at.dynamic, end, 0x1000),
    segment(DYNAMIC, R | W, at.dynamic, end, 8),
    segment(STACK, R | W, 0, 0, 16), // without this, the stack would be executable
  ])
}

/** A global function in a defined section (1). */
const symbol = (name: number, address: number, size: number) =>
  Buffer.concat([words(name), Buffer.from([0x12, 0]), shorts(1), longs(address, size)])

/** The machine code of open(log), write(fd, any byte, 1), close(fd) and the real system call. */
function counting(sync: Sync, start: number): Buffer {
  const bytes: number[] = []
  const emit = (...code: number[]) => void bytes.push(...code)
  const number = (value: number) => [...words(value)]
  const call = (name: keyof typeof CALLS) => emit(0xb8, ...number(CALLS[name]), 0x0f, 0x05) // mov eax, n; syscall
  /** lea rdi or rsi, [the path], relative to the end of this instruction. */
  const address = (register: 'rdi' | 'rsi') => {
    const end = start + bytes.length + 7
    emit(0x48, 0x8d, register === 'rdi' ? 0x3d : 0x35, ...number(at.path - end))
  }
  emit(0x57) // push rdi: the file descriptor to sync
  address('rdi')
  emit(0xbe, ...number(O_APPEND_CREATE), 0xba, ...number(0o600)) // mov esi; mov edx
  call('open')
  emit(0x50, 0x89, 0xc7) // push rax; mov edi, eax
  address('rsi')
  emit(0xba, ...number(1))
  call('write')
  emit(0x5f) // pop rdi
  call('close')
  emit(0x5f) // pop rdi
  call(sync)
  // test eax, eax; jns +7; mov rax, -1; ret
  emit(0x85, 0xc0, 0x79, 0x07, 0x48, 0xc7, 0xc0, 0xff, 0xff, 0xff, 0xff, 0xc3)
  return Buffer.from(bytes)
}
