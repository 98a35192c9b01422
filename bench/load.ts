import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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
  /** Counts requests per second of the time that the processor spends on this process, not per second of the clock. */
  pid?: number
}

/** Requests per second, measured by `wrk` in its own process. Throws if any response is not a success. */
async function requestsPerSecond({ url, headers = {}, range, pid }: Target): Promise<number> {
  const script = join(tmpdir(), `pinhole-bench-${process.pid}.lua`)
  await Bun.write(script, range ? rangesOf(range) : '')
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const args = ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '-s', script, ...named, url]
  const before = pid ? processorSeconds(pid) : 0
  const said = await new Response(Bun.spawn([need('wrk'), ...args], { stdout: 'pipe' }).stdout).text()
  const wrong = /Non-2xx or 3xx responses: \d+|Socket errors:.*/.exec(said)?.[0]
  if (wrong) throw new Error(`${url}: ${wrong}`)
  if (!pid) return Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1])
  return Number(/(\d+) requests in/.exec(said)?.[1]) / (processorSeconds(pid) - before)
}

/** The kernel counts in hundredths of a second, on every Linux machine that Pinhole supports. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

const rangesOf = ({ bytes, of }: { bytes: number; of: number }) => `
request = function()
  local from = math.random(0, ${of - bytes})
  wrk.headers["Range"] = "bytes=" .. from .. "-" .. (from + ${bytes - 1})
  return wrk.format("GET")
end`

/**
 * Measures the targets in turns, so that other load on the machine affects all of them, and returns the median of each.
 */
export async function inTurns(...targets: Target[]): Promise<number[]> {
  const rounds: number[][] = targets.map(() => [])
  for (let round = 0; round < 3; round++)
    for (const [i, target] of targets.entries()) rounds[i]!.push(await requestsPerSecond(target))
  return rounds.map((each) => each.sort((a, b) => a - b)[1]!)
}
