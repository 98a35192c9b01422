import { build } from './build'

const bin = (name: string) => `node_modules/.bin/${name}`
const score = { passed: 0, failed: 0 }

type Outcome = { ok: boolean; output: string }

async function check(name: string, work: () => Promise<Outcome>) {
  const start = performance.now()
  const { ok, output } = await work().catch((error): Outcome => ({ ok: false, output: Bun.inspect(error) }))
  score[ok ? 'passed' : 'failed']++
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(ok ? `ok   ${name} (${seconds} s)` : `FAIL ${name} (${seconds} s)\n${output.trim()}\n`)
}

async function command(...args: string[]): Promise<Outcome> {
  const child = Bun.spawn(args, { stdout: 'pipe', stderr: 'pipe', stdin: 'ignore' })
  const [out, err, status] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  return { ok: status === 0, output: out + err }
}

/**
 * Passes Bun's output through and counts the results from its summary. An error outside of a test counts as a failure.
 */
async function tests(args: string[]) {
  const child = Bun.spawn([process.execPath, 'test', '--timeout=60000', ...args], {
    stdout: 'inherit',
    stderr: 'pipe',
    stdin: 'ignore',
  })
  let said = ''
  for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) {
    process.stderr.write(chunk)
    said += chunk
  }
  const status = await child.exited
  const summary = Bun.stripANSI(said)
  const count = (what: string) => Number([...summary.matchAll(new RegExp(`^ *(\\d+) ${what}`, 'gm'))].at(-1)?.[1] ?? 0)
  const left = count('skip') + count('todo')
  score.passed += count('pass')
  score.failed += Math.max(count('fail'), count('errors?'), status ? 1 : 0) // most errors are also counted as failures
  if (left) console.log(`${left} tests were skipped or are marked as todo.`)
}

const args = process.argv.slice(2)
const on = args.indexOf('--on')
/** With `--on postgres`, the tests that open a database open it on a PostgreSQL server that they start. */
if (on >= 0) process.env.TEST_ENGINE = args.splice(on, 2)[1] ?? ''
const wanted = args
if (wanted.length) await tests(wanted)
else {
  await check('executable', async () => ({ ok: true, output: await build() }))
  await Promise.all([
    ...['.', 'views/assets', 'test'].map((project) =>
      check(`types of ${project}`, () => command(bin('tsc'), '-p', project)),
    ),
    check('lint and format', () =>
      command(bin('biome'), 'ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=50'),
    ),
    check('dead code', () => command(bin('knip'))),
  ])
  // The slowest files start first, so that both workers end at about the same time.
  await tests(['--only-failures', '--parallel=2', '--timings=test/timings.json'])
}
console.log(`${score.passed} passed, ${score.failed} failed`)
process.exit(score.failed ? 1 : 0)
