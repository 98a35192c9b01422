import { spawnSync } from 'node:child_process'
import { type Enclosure, enclose } from '../../src/media/walls/enclose'
import { attempt, attemptNatively, type Targets } from './attempts'

/**
 * Plays a media worker that an attacker controls: it goes behind the walls, unless `enclosure` is null, and prints what
 * every kind of thread could do.
 */
export type Orders = { enclosure: Enclosure | null; targets: Targets; shell: string }

const [orders, mark] = process.argv.slice(2)
const { enclosure, targets, shell }: Orders = JSON.parse(orders!)
if (enclosure) enclose(enclosure, mark)

const inWorker = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./intruding-worker.ts', import.meta.url).href)
    worker.onmessage = ({ data }) => {
      resolve(data)
      worker.terminate()
    }
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage(targets)
  })

/** Tries with the builtin commands of a shell, which stands for an installed ffmpeg. */
function inChild({ dataDir, port, bystander }: Targets) {
  const { stdout, error } = spawnSync(shell, ['-c', SHELL_SCRIPT, dataDir, String(port), String(bystander)], {
    encoding: 'utf8',
  })
  if (error) throw error
  return Object.fromEntries(
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('=')),
  )
}

const SHELL_SCRIPT = `
  port=$1 bystander=$2
  outcome() { if eval "$2" 2>/dev/null; then echo "$1=done"; else echo "$1=refused"; fi; }
  outcome 'read the keys' 'read -r line < "$0/secrets.json" || [ -n "$line" ]'
  outcome 'append to the database' ': >> "$0/pinhole.sqlite"'
  outcome 'list the folder of another file' '[ "$(echo "$0"/media/7/*)" != "$0/media/7/*" ]'
  outcome 'create a file' ': > "$0/planted"'
  outcome 'connect over TCP' 'exec 9<>/dev/tcp/127.0.0.1/$port'
  outcome 'signal another process' 'kill -CONT $bystander'
`

const results: Record<string, unknown> = {
  'the main thread': await attempt(targets),
  'native code': attemptNatively(targets),
  'a Bun worker': await inWorker(),
  'a child process': inChild(targets),
}
console.log(JSON.stringify(results))
process.exit(0)
