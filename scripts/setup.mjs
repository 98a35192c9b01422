// Runs on Node 20 with nothing installed, so it may import nothing but Node's own modules.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

/** Runs a program in the project's folder, sharing this terminal, and tells its exit status. */
export function run(command, args) {
  const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
  // A terminal tells the whole group and npm tells us once more. So we pass on the first only, and as the other signal: a server that
  // has had the same one already takes it for "at once".
  const stop = (signal) => child.killed || child.kill(signal === 'SIGINT' ? 'SIGTERM' : 'SIGINT')
  process.on('SIGINT', stop).on('SIGTERM', stop)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status, signal) => {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      resolve(status ?? 128 + constants.signals[signal])
    })
  })
}

/** Runs a program that has to succeed for what comes after it. */
export async function must(command, args) {
  const status = await run(command, args)
  if (status) process.exit(status)
}

/** Brings the packages that package-lock.json names, unless they are there, and gives the path of Bun's own program. */
export async function install() {
  if (!isInstalled()) {
    console.log('Installing packages (npm ci)')
    const status = await run('npm', ['ci', '--loglevel=error'])
    if (status) throw new Error(`npm ci ended with status ${status}`)
  }
  // where install scripts are switched off, the package is still waiting for its own
  if (!isProgram(bun)) await run(process.execPath, ['node_modules/bun/install.js'])
  if (!isProgram(bun)) throw new Error('The program of the package "bun" is missing. Try: npm ci --include=optional')
  return bun
}

const bun = join(process.cwd(), 'node_modules/bun/bin/bun.exe')
const isProgram = (path) => existsSync(path) && statSync(path).size > 1_000_000

function isInstalled() {
  const hidden = 'node_modules/.package-lock.json'
  if (!existsSync(hidden)) return false
  const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages
  const installed = packagesOf(hidden)
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, { version, optional, peer }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional || peer),
  )
}
