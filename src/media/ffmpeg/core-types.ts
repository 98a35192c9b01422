/** The parts of ffmpeg's WebAssembly build that are used here. Its file system is emscripten's. */
export type Core = {
  FS: CoreFS
  /** The exit status of the last run. */
  ret: number
  exec(...args: string[]): number
  ffprobe(...args: string[]): number
  setLogger(logger: (line: { type: string; message: string }) => void): void
  /** `time` is in microseconds. */
  setProgress(handler: (progress: { progress: number; time: number }) => void): void
}

export type CoreNode = {
  id: number
  mode: number
  timestamp: number
  node_ops: object
  stream_ops: object
  host?: HostFile
  children?: Map<string, CoreNode>
}
export type CoreStream = { node: CoreNode; flags: number; position: number; descriptor?: number }
export type CoreFS = {
  mkdir(path: string): void
  mount(type: { mount(): CoreNode }, options: object, path: string): void
  createNode(parent: CoreNode | null, name: string, mode: number, dev: number): CoreNode
  ErrnoError: new (errno: number) => Error
}

/** A file on this machine with its name inside the core. */
export type HostFile = { name: string; path: string; isWritable: boolean }
