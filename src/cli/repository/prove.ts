import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { auditLedger } from '../../coins/audit'
import { openReader } from '../../db/snapshot'
import { checkDatabase, checkFiles } from '../archive/check'
import { DATABASE, type Summary } from '../archive/format'
import { isSound, type Repository, setAside } from './repository'
import { bringHead, type Entries } from './snapshot'

/** Every object is read again within so many days, a part of them each day. */
const ROUND_DAYS = 28
const DAY_MS = 24 * 3600_000

export type Proof = {
  /** How many objects were read and compared with their names. */
  read: number
  /** Each fault is a sentence. The list is empty when the backup can be restored. */
  faults: string[]
  /** Faults of the ledger, which are those of the community: a true copy has them, too. */
  ledger: string[]
}

type Wanted = { isComplete: boolean; now: number }

/**
 * Restores the database and the secrets into a scratch folder and checks them, looks whether all files that the database
 * lists are there, and reads a part of all objects. What is damaged is set aside, so that the next backup stores it again.
 */
export async function prove(
  repository: Repository,
  summary: Pick<Summary, 'lost' | 'changed'>,
  entries: Entries,
  wanted: Wanted,
): Promise<Proof> {
  const dir = join(repository.shelf.drafts, `proof-${crypto.randomUUID()}`)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  try {
    await bringHead(repository, entries, dir)
    const faults = [
      ...checkDatabase(join(dir, DATABASE)),
      ...(await checkFiles(join(dir, DATABASE), summary, (name, sha256) => look(repository, entries, name, sha256))),
      ...missingIn(repository, entries),
    ]
    const ledger = await auditOf(join(dir, DATABASE))
    const { read, damaged } = await readSample(repository, wanted)
    return { read, ledger, faults: [...faults, ...damaged.map((object) => `The object ${object} was damaged.`)] }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function auditOf(database: string): Promise<string[]> {
  using snapshot = openReader(database)
  return (await auditLedger(snapshot.db)).faults
}

/** The name of an object tells whether it has the content that the database expects. */
function look({ cipher }: Repository, entries: Entries, name: string, sha256: string | null) {
  const object = entries.get(name)
  if (!object) return undefined
  return sha256 && cipher.nameOf(sha256) !== object ? { sha256: 'another' } : {}
}

function missingIn({ objects }: Repository, entries: Entries): string[] {
  const missing = [...entries].filter(([, object]) => !objects.has(object))
  return missing.map(([name]) => `${name} is missing.`)
}

async function readSample(repository: Repository, { isComplete, now }: Wanted) {
  const day = Math.floor(now / DAY_MS)
  const damaged: string[] = []
  let read = 0
  for (const object of [...repository.objects.keys()]) {
    if (!isComplete && (Number.parseInt(object.slice(0, 6), 16) - day) % ROUND_DAYS !== 0) continue
    read++
    if (await isSound(repository, object)) continue
    damaged.push(object)
    await setAside(repository, object)
  }
  return { read, damaged }
}
