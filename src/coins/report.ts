import { type LedgerReport, ledgerReportSchema } from '../../shapes/ledger'
import type { Config } from '../config'
import { log } from '../log'
import { programCommand } from '../program'

type Place = Pick<Config, 'dataDir' | 'databaseUrl' | 'secret'>

const TIMEOUT_MS = 5 * 60_000
/** For how long a finished report is returned again. */
const FRESH_MS = 10_000

/**
 * Creates a function that audits the whole ledger in another process, since the audit takes long and would block the
 * server. Only one audit runs at a time, and concurrent callers get the same report.
 */
export function createLedgerReport(place: Place, now: () => Date): () => Promise<LedgerReport> {
  let running: Promise<LedgerReport> | undefined
  let last: { report: LedgerReport; until: number } | undefined
  const check = async () => {
    const report = await run(place, now)
    last = { report, until: Date.now() + FRESH_MS }
    return report
  }
  return async () => {
    if (last && Date.now() < last.until) return last.report
    running ??= check().finally(() => {
      running = undefined
    })
    return running
  }
}

async function run({ dataDir, databaseUrl, secret }: Place, now: () => Date): Promise<LedgerReport> {
  const checkedAt = now().toISOString()
  const command = programCommand('audit', '--ledger', '--json', '--data', dataDir)
  const env = databaseUrl && secret ? { PINHOLE_DATABASE_URL: databaseUrl, PINHOLE_SECRET: secret } : {}
  const child = Bun.spawn(command, { env, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe', timeout: TIMEOUT_MS })
  const [out, err] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  await child.exited
  const answer = ledgerReportSchema.omit({ checkedAt: true }).safeParse(parse(out))
  if (answer.success) return { ...answer.data, checkedAt }
  log.error('Could not check the ledger', { status: child.exitCode, said: (err || out).slice(-1000) })
  throw new Error('The ledger could not be checked.')
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
