import { isCompiled } from '../program'

/**
 * Lets the heap grow to twice what is alive before the engine collects its garbage, instead of to four times
 * (`Options::heapGrowthMaxIncrease` in JavaScriptCore). Under load, garbage is most of what a server holds.
 */
const SMALL_HEAP = 'BUN_JSC_heapGrowthMaxIncrease'

/**
 * Makes this process start its program again, with a smaller heap (execve(2)), because the engine reads its settings only
 * from the environment and only when it starts. Returns where that is not possible or has happened before: from source,
 * on Windows, and where the host has chosen a value.
 */
export function restartWithSmallHeap(argv: string[], env: NodeJS.ProcessEnv): void {
  if (!isCompiled() || process.platform === 'win32' || env[SMALL_HEAP] !== undefined) return
  try {
    process.execve!(process.execPath, [process.argv0, ...argv], { ...env, [SMALL_HEAP]: '1' })
  } catch {
    // The server holds more memory then, and is otherwise the same.
  }
}
