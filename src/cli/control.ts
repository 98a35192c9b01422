import { chmodSync, closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lookUpOwner, type Owner } from '../db/lock'

/** The socket in the data folder at which commands ask the server. Only the owner of the folder and root can open it. */
const SOCKET = 'control'

/** The longest path of a socket that every system accepts. */
const LONGEST_PATH = 100

/** How long a command waits for the server. */
const PATIENCE_MS = 5000

/** The server tells commands these facts about itself. They contain passwords, as the environment of the process does. */
export type Facts = { pid: number; version: string; address: string; environment: Record<string, string> }

/** Whether a server serves the folder, and what it said. `silent` is one that holds the folder but does not answer. */
export type ServerState =
  | { state: 'none' }
  | { state: 'silent'; owner: Owner; reason: string }
  | { state: 'running'; facts: Facts }

type Control = { facts: Facts; tryPhotos: () => Promise<object[]> }

/** Answers commands until it is stopped. Call it only while holding the lock of the folder. */
export function openControl(dataDir: string, { facts, tryPhotos }: Control): { stop(): void } {
  rmSync(join(dataDir, SOCKET), { force: true }) // a server that was killed leaves its socket behind
  const { path, close } = shortPath(dataDir)
  const server = Bun.serve({
    unix: path,
    routes: {
      '/facts': () => Response.json(facts),
      '/photos': async (request, server) => {
        server.timeout(request, 0) // photos of members may be waiting in front of the samples
        return Response.json({ findings: await tryPhotos().catch(String) })
      },
    },
    fetch: () => new Response(null, { status: 404 }),
  })
  chmodSync(path, 0o600)
  return {
    stop() {
      void server.stop(true)
      rmSync(join(dataDir, SOCKET), { force: true })
      close()
    },
  }
}

/** Asks the server of the folder about itself. */
export async function askServer(dataDir: string): Promise<ServerState> {
  const owner = lookUpOwner(dataDir)
  if (!owner) return { state: 'none' }
  try {
    return { state: 'running', facts: await ask<Facts>(dataDir, '/facts', PATIENCE_MS) }
  } catch (error) {
    return { state: 'silent', owner, reason: error instanceof Error ? error.message : String(error) }
  }
}

/** Lets the running server process a small picture in every format, and returns its findings. */
export async function askForPhotos<Finding>(dataDir: string): Promise<Finding[]> {
  const { findings } = await ask<{ findings: Finding[] | string }>(dataDir, '/photos', 120_000)
  if (typeof findings === 'string') throw new Error(`The server cannot try pictures. ${findings}`)
  return findings
}

async function ask<T>(dataDir: string, what: string, patienceMs: number): Promise<T> {
  const { path, close } = shortPath(dataDir)
  try {
    const answer = await fetch(`http://localhost${what}`, { unix: path, signal: AbortSignal.timeout(patienceMs) })
    if (!answer.ok) throw new Error(`It answers with status ${answer.status}.`)
    return (await answer.json()) as T
  } finally {
    close()
  }
}

/** The paths of sockets must be short. On Linux, a longer one can be reached through the opened folder. */
function shortPath(dataDir: string): { path: string; close(): void } {
  const path = join(dataDir, SOCKET)
  if (Buffer.byteLength(path) <= LONGEST_PATH || process.platform !== 'linux') return { path, close: () => {} }
  const folder = openSync(dataDir, 'r')
  return { path: `/proc/self/fd/${folder}/${SOCKET}`, close: () => closeSync(folder) }
}
