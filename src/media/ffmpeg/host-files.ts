import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs'
import { errorCode } from '../../error-code'
import type { CoreFS, CoreNode, CoreStream, HostFile } from './core-types'

/** Error numbers of the core's C library. */
const EACCES = 2
const EINVAL = 28
const EIO = 29
const ENOENT = 44
const ENOSPC = 51
const EPERM = 63
const ERRORS: Record<string, number> = { ENOENT, EACCES, ENOSPC, EDQUOT: ENOSPC }

/** The flag of the core's C library that empties a file when it is opened, and the mask for the access mode. */
const O_TRUNC = 0o1000
const O_ACCMODE = 3

const DIRECTORY = 0o40777
const FILE = 0o100666

/**
 * Creates a file system for the core that contains exactly these files. They are read and written in place, so
 * gigabytes need no memory, and no other file can be reached.
 */
export function hostFiles(FS: CoreFS, files: HostFile[]): { mount(): CoreNode } {
  const fails = (errno: number): never => {
    throw new FS.ErrnoError(errno)
  }
  const refuse = () => fails(EPERM)
  const orFail = <T>(call: () => T): T => {
    try {
      return call()
    } catch (error) {
      return fails(ERRORS[errorCode(error) ?? ''] ?? EIO)
    }
  }

  const nodeOps = {
    getattr({ id, mode, timestamp, host }: CoreNode) {
      const size = host ? (statSync(host.path, { throwIfNoEntry: false })?.size ?? 0) : 4096
      const time = new Date(timestamp)
      const who = { dev: 1, ino: id, mode, nlink: 1, uid: 0, gid: 0, rdev: 0 }
      return { ...who, size, atime: time, mtime: time, ctime: time, blksize: 65536, blocks: Math.ceil(size / 512) }
    },
    setattr({ host }: CoreNode, { size }: { size?: number }) {
      // an output may be emptied before it exists
      if (size !== undefined && host?.isWritable && existsSync(host.path)) orFail(() => cut(host.path, size))
    },
    lookup: () => fails(ENOENT), // every existing file is registered when the file system is mounted
    readdir: ({ children }: CoreNode) => ['.', '..', ...(children?.keys() ?? [])],
    mknod: refuse,
    rename: refuse,
    unlink: refuse,
    rmdir: refuse,
    symlink: refuse,
  }

  const streamOps = {
    open(stream: CoreStream) {
      const { path, isWritable } = stream.node.host ?? fails(EACCES)
      const isRead = (stream.flags & O_ACCMODE) === 0
      if (!isRead && !isWritable) fails(EACCES)
      const writing = stream.flags & O_TRUNC ? 'w+' : constants.O_RDWR | constants.O_CREAT
      stream.descriptor = orFail(() => openSync(path, isRead ? 'r' : writing))
    },
    close: ({ descriptor }: CoreStream) => closeSync(descriptor!),
    read: ({ descriptor }: CoreStream, memory: Uint8Array, at: number, length: number, position: number) =>
      orFail(() => readSync(descriptor!, new Uint8Array(memory.buffer, at, length), 0, length, position)),
    write: ({ descriptor }: CoreStream, memory: Uint8Array, at: number, length: number, position: number) =>
      orFail(() => writeSync(descriptor!, new Uint8Array(memory.buffer, at, length), 0, length, position)),
    llseek({ descriptor, position }: CoreStream, offset: number, whence: number) {
      const from = [0, position, whence === 2 ? orFail(() => fstatSync(descriptor!).size) : 0][whence] ?? 0
      return from + offset < 0 ? fails(EINVAL) : from + offset
    },
  }

  const node = (parent: CoreNode | null, name: string, mode: number) =>
    Object.assign(FS.createNode(parent, name, mode, 0), {
      node_ops: nodeOps,
      stream_ops: streamOps,
      timestamp: Date.now(),
    })

  return {
    mount() {
      const root = node(null, '/', DIRECTORY)
      root.children = new Map(files.map((host) => [host.name, Object.assign(node(root, host.name, FILE), { host })]))
      return root
    },
  }
}

/** Sets the size of a file through a descriptor, because the walls refuse to do it by path. */
function cut(path: string, size: number) {
  const descriptor = openSync(path, 'r+')
  try {
    ftruncateSync(descriptor, size)
  } finally {
    closeSync(descriptor)
  }
}
