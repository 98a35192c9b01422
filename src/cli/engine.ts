import { isCompiled } from '../program'

/** Settings that the engine and its allocator read only from the environment, and only when they start. */
const THRIFTY = {
  // The heap grows by 0.8 of what is alive before garbage is collected, instead of by three times that. Under load,
  // garbage is most of what a server holds.
  BUN_JSC_heapGrowthMaxIncrease: '0.8',
  // Memory that is free goes back to the system after 10 ms instead of a second.
  MIMALLOC_PURGE_DELAY: '10',
}

/**
 * Makes this process start its program again with settings that let it hold less memory (execve(2)). A setting that the
 * host has chosen stays. Returns where nothing is left to set, and where it is not possible: from source and on Windows.
 */
export function restartThrifty(argv: string[], env: NodeJS.ProcessEnv): void {
  const isSet = Object.keys(THRIFTY).every((name) => env[name] !== undefined)
  if (isSet || !isCompiled() || process.platform === 'win32') return
  try {
    process.execve!(process.execPath, [process.argv0, ...argv], { ...THRIFTY, ...env })
  } catch {
    // The server holds more memory then, and is otherwise the same.
  }
}
