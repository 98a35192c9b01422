import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inRounds, median } from './rounds'

const CONNECTIONS = 32
const SECONDS = 2

/** Finds a program that only the benchmarks need. */
export function need(program: string): string {
  const path = Bun.which(program) ?? Bun.which(program, { PATH: '/usr/sbin:/sbin' })
  if (!path)
    throw new Error(
      `${program} is needed for this benchmark. On Debian: apt-get install --no-install-recommends ${program}`,
    )
  return path
}

export type Target = {
  url: string
  headers?: Record<string, string>
  /** Requests `bytes` bytes at a random offset of a file that is `of` bytes long. */
  range?: { bytes: number; of: number }
  /** A script for wrk that makes the requests. */
  script?: string
}

let scripts = 0

/** Requests per second, measured by `wrk` in its own process. Throws if any response is not a success. */
async function requestsPerSecond(target: Target, connections = CONNECTIONS): Promise<number> {
  const { url, headers = {}, range } = target
  const script = join(tmpdir(), `pinhole-bench-${process.pid}-${scripts++}.lua`)
  await Bun.write(script, target.script ?? (range ? rangesOf(range) : ''))
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const args = ['-t1', `-c${connections}`, `-d${SECONDS}s`, '-s', script, ...named, url]
  const said = await new Response(Bun.spawn([need('wrk'), ...args], { stdout: 'pipe' }).stdout).text()
  const wrong = /Non-2xx or 3xx responses: \d+|Socket errors:.*/.exec(said)?.[0]
  if (wrong) throw new Error(`${url}: ${wrong}`)
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1])
}

const rangesOf = ({ bytes, of }: { bytes: number; of: number }) => `
request = function()
  local from = math.random(0, ${of - bytes})
  wrk.headers["Range"] = "bytes=" .. from .. "-" .. (from + ${bytes - 1})
  return wrk.format("GET")
end`

/** Asks for each target for a while, so that the servers have compiled what is hot before they are measured. */
export async function warmUp(...targets: Target[]): Promise<void> {
  for (const target of targets) await requestsPerSecond(target)
}

/**
 * Measures the targets in turns, so that other load on the machine affects all of them, and returns the median of each.
 */
export const inTurns = async (...targets: Target[]): Promise<number[]> =>
  (await roundsInTurns(3, ...targets)).map(median)

/** Measures the targets in turns, as `inTurns` does, and returns the requests per second of each round for each target. */
export const roundsInTurns = (rounds: number, ...targets: Target[]): Promise<number[][]> =>
  inRounds(rounds, ...targets.map((target) => () => requestsPerSecond(target)))

/** Measures targets at the same time, which share the usual number of connections, and returns the median of their sums. */
export async function together(...targets: Target[]): Promise<number> {
  const rounds: number[] = []
  for (let round = 0; round < 3; round++) {
    const all = await Promise.all(targets.map((target) => requestsPerSecond(target, CONNECTIONS / targets.length)))
    rounds.push(all.reduce((sum, each) => sum + each, 0))
  }
  return median(rounds)
}
