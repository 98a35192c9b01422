import { errorCode } from './error-code'

/** Whether another process runs under this number. What is marked with our own number is from before a restart. */
export function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM' // it belongs to another user
  }
}
