// Runs on the oldest supported Node with nothing installed, so it may import no packages.
import './check-node.cjs'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

/** Pass this as `stdout` to send the output of a program to standard error. */
export const STDERR = 2

/** Runs a program in the project's folder on this terminal and returns its exit status. */
export function run(command, args, { stdout = 'inherit' } = {}) {
  const child = spawn(command, args, { stdio: ['inherit', stdout, 'inherit'], shell: process.platform === 'win32' })
  // On Ctrl+C the terminal signals the whole process group and npm forwards the signal once more. Only the first
  // signal is forwarded, as the other kind: a server that receives the same signal twice stops immediately.
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

/** Runs a program and exits if it fails. */
export async function must(command, args) {
  const status = await run(command, args)
  if (status) process.exit(status)
}

/** Installs the packages of package-lock.json if any are missing, and returns the path of the Bun program. */
export async function install() {
  if (!isInstalled()) {
    console.error('Installing packages (npm ci)')
    const status = await run('npm', ['ci', '--loglevel=error'], { stdout: STDERR })
    if (status) throw new Error(`npm ci ended with status ${status}`)
  }
  // If install scripts are disabled, the "bun" package has not fetched its program yet.
  if (!isProgram(bun)) await run(process.execPath, ['node_modules/bun/install.js'], { stdout: STDERR })
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
