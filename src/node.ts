/**
 * Modules of Node that take milliseconds to load, and that a start does without. Each is loaded when it is first asked
 * for, which an import of it would do at the start.
 */
export const node = {
  get childProcess() {
    return process.getBuiltinModule('node:child_process')
  },
  get crypto() {
    return process.getBuiltinModule('node:crypto')
  },
  get dns() {
    return process.getBuiltinModule('node:dns')
  },
  get net() {
    return process.getBuiltinModule('node:net')
  },
  get stream() {
    return process.getBuiltinModule('node:stream')
  },
  get zlib() {
    return process.getBuiltinModule('node:zlib')
  },
}
