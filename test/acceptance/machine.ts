import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { placeExecutable } from '../built'
import { until } from '../until'
import { unitOf } from './documented'

/** The id that systemd would choose for the service. */
const SERVICE_USER = 61184

/**
 * What systemd does with `DynamicUser=` and `StateDirectory=`, for one service: the folder is in private/, with a link
 * to it; a folder in the place of the link is moved there; and the files are given to the service if the folder is not
 * its own. A start fails where systemd's fails.
 */
const SYSTEMCTL = `#!/bin/bash
set -e
[ "$2" = pinhole ] || exit 5
state=$ROOT/var/lib/pinhole private=$ROOT/var/lib/private/pinhole
stop() {
  [ -f "$ROOT/pid" ] || return 0
  kill -TERM "$(cat "$ROOT/pid")"
  while kill -0 "$(cat "$ROOT/pid")" 2>/dev/null; do sleep 0.05; done
  rm "$ROOT/pid"
}
start() {
  mkdir -p "$ROOT/var/lib/private" && chmod 0711 "$ROOT/var/lib/private"
  if [ -d "$state" ] && [ ! -L "$state" ]; then
    [ ! -e "$private" ] || { echo 'status=238/STATE_DIRECTORY' >&2; exit 1; }
    mv "$state" "$private"
  fi
  mkdir -p "$private" && chmod 0700 "$private"
  ln -sfn private/pinhole "$state"
  [ "$(stat -c %u "$private")" = "$SERVICE_USER" ] || chown -R "$SERVICE_USER:$SERVICE_USER" "$private"
  # systemd opens the way through private/ for the service alone, with a mount; here its mode does that
  cd /
  env -i $SERVICE_ENVIRONMENT setpriv --reuid="$SERVICE_USER" --regid="$SERVICE_USER" --clear-groups \\
    "$ROOT/usr/local/bin/pinhole" --json </dev/null >"$ROOT/out" 2>>"$ROOT/journal" &
  echo $! >"$ROOT/pid"
}
case $1 in start|stop) $1 ;; *) exit 5 ;; esac
`

/** A machine in a temporary folder, with Pinhole installed as docs/running.md says. Commands run as root. */
export function newMachine(port: number) {
  const root = mkdtempSync(join(tmpdir(), 'pinhole-machine-'))
  const at = (path: string) => join(root, path)
  for (const name of ['usr/local/bin', 'usr/bin', 'var/lib', 'backups', 'tmp']) mkdirSync(at(name), { recursive: true })
  mkdirSync(at('dist'))
  copyFileSync(placeExecutable(at('dist')), at('usr/local/bin/pinhole')) // an update writes to it
  writeFileSync(at('usr/bin/systemctl'), SYSTEMCTL, { mode: 0o755 })
  for (const name of ['', 'usr', 'usr/local', 'usr/local/bin', 'var', 'var/lib', 'backups']) chmodSync(at(name), 0o755)
  mkdirSync(at('backups/pinhole'), { mode: 0o700 })
  chownSync(at('backups/pinhole'), SERVICE_USER, SERVICE_USER)

  /** The absolute paths of the documents, moved into the folder. */
  const moved = (text: string) => text.replace(/(?<=^|[\s=])\/(?=(var|backups|usr|tmp)\/)/gm, `${root}/`)
  const environment = [
    ...['As a service', 'Every night'].flatMap((heading) => unitOf(heading).environment).map(moved),
    `PINHOLE_PORT=${port}`,
  ]
  return {
    root,
    at,
    port,
    /** Runs commands of the documents as they are, except for where the machine begins. */
    run(script: string): { status: number; out: string; err: string } {
      const { exitCode, stdout, stderr } = Bun.spawnSync(['bash', '-euo', 'pipefail', '-c', moved(script)], {
        cwd: root,
        env: {
          ROOT: root,
          SERVICE_USER: String(SERVICE_USER),
          SERVICE_ENVIRONMENT: environment.join(' '),
          PATH: `${at('usr/local/bin')}:${at('usr/bin')}:/usr/bin:/bin`,
        },
      })
      return { status: exitCode, out: stdout.toString(), err: stderr.toString() }
    },
    /** Waits until the service answers and returns what it printed. */
    async started(): Promise<{ address: string; setupUrl: string | null }> {
      const address = `http://127.0.0.1:${port}`
      return await until('the service answers', async () => {
        const answer = await fetch(`${address}/readyz`).catch(() => null)
        const printed = readFileSync(at('out'), 'utf8')
        return Boolean(answer?.ok && printed) && { address, setupUrl: JSON.parse(printed).setupUrl as string | null }
      })
    },
    journal: () => readFileSync(at('journal'), 'utf8'),
    [Symbol.dispose]() {
      this.run('systemctl stop pinhole')
      rmSync(root, { recursive: true })
    },
  }
}

export type Machine = ReturnType<typeof newMachine>
