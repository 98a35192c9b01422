import type { Hono } from 'hono'
import type { App, Env } from '../context'
import { openReader } from '../db/snapshot'
import type { Storage } from '../media/storage'
import { createJudge, listFiles, namesOf, type StoredFile, sample } from './bytes'
import { tryDoors } from './doors'
import { tryOldLinks } from './later'
import { tryLinks } from './links'
import { gatherPeople } from './probes'
import { tryPushes } from './pushes'
import { createFindings, type Finding, LeakFound, type Row } from './report'
import { readRules } from './rules'
import type { Scene } from './scene'
import { tryPaths } from './socket'

export type LeakReport = {
  /** Nothing came to the wrong person, and everything to the right one. */
  ok: boolean
  access: 'members' | 'public'
  /** Tried, of so many stored. */
  files: number
  stored: number
  /** Of those tried, files that at least one kind of person may not have. */
  locked: number
  doors: Row[]
  leaks: Finding[]
  shut: Finding[]
}

export type Trial = {
  /** A copy of a database, for this test to change. */
  databasePath: string
  /** What the copy speaks of; only read. */
  storage: Storage
  /** The program on the copy, on a clock of the test; called twice. */
  open: (now: () => Date) => Promise<App>
  createApp: (app: App) => Hono<Env>
  /** At most so many files. */
  most?: number
  /** All of them, unless said otherwise. */
  ways?: readonly Way[]
  stopAtFirst?: boolean
}

/** Pages, lists and pushes; links copied and bent; paths on a socket; links that were right once. In this order: the last leaves nobody signed in. */
export const WAYS = ['doors', 'pushes', 'links', 'paths', 'old'] as const
export type Way = (typeof WAYS)[number]

/** Asked for at the addresses of posts and files; in lists all are met. */
const AT_THEIR_ADDRESS = 300
/** A request on a socket each: of so many files. */
const ON_SOCKET = 10

/** Tries to get what one may not have: as everybody, by every way. Leaves the copy changed, and everybody in it signed out. */
export async function findLeaks({
  databasePath,
  storage,
  open,
  createApp,
  most = Number.POSITIVE_INFINITY,
  ways = WAYS,
  stopAtFirst = false,
}: Trial): Promise<LeakReport> {
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const stored = await listFiles(storage)
  const files = sample(stored, most)
  const { people, access } = await using(await open(now), async (app) => ({
    people: await gatherPeople(app, files),
    access: app.settings().access,
  }))
  return using(await open(now), async (app) => {
    using source = openReader(databasePath)
    const rules = await readRules(source.db, people, access === 'public')
    const judge = createJudge(storage, stored, rules)
    const findings = createFindings(stopAtFirst)
    const openTo = new Map(
      people.map((who) => [
        who,
        files.find((file) => rules.mayHave(who, file.id, 'full') && namesOf(file, 'full').length),
      ]),
    )
    const scene: Scene = { app, hono: createApp(app), people, files, openTo, rules, judge, findings }
    const locked = files.filter(({ id }) => people.some((who) => !rules.mayHave(who, id, 'full')))
    const walks: Record<Way, () => Promise<void>> = {
      doors: () => tryDoors({ ...scene, files: sample(files, AT_THEIR_ADDRESS) }),
      pushes: () => tryPushes({ ...scene, files: sample(files, AT_THEIR_ADDRESS) }),
      links: async () => {
        for (const file of files) await tryLinks(scene, file)
      },
      paths: () => tryPaths(scene, onSocket(scene, locked)),
      old: () =>
        tryOldLinks(scene, (ms) => {
          ahead += ms
        }),
    }
    try {
      for (const way of WAYS) if (ways.includes(way)) await walks[way]()
    } catch (error) {
      if (!(error instanceof LeakFound)) throw error
    }
    const { doors, leaks, shut } = findings.result()
    return {
      ok: !leaks.length && !shut.length,
      access,
      files: files.length,
      stored: stored.length,
      locked: locked.length,
      doors,
      leaks,
      shut,
    }
  })
}

/** Half of them such that somebody has a link to the preview: from there it is not far to the rest. */
function onSocket({ people, rules }: Pick<Scene, 'people' | 'rules'>, locked: StoredFile[]): StoredFile[] {
  const isShown = ({ id }: StoredFile) =>
    people.some((who) => rules.mayHave(who, id, 'preview') && !rules.mayHave(who, id, 'full'))
  const { shown = [], hidden = [] } = Object.groupBy(
    locked.filter((file) => namesOf(file, 'full').length),
    (file) => (isShown(file) ? 'shown' : 'hidden'),
  )
  return [...sample(shown, ON_SOCKET / 2), ...sample(hidden, ON_SOCKET / 2)]
}

async function using<R>(app: App, use: (app: App) => Promise<R>): Promise<R> {
  try {
    return await use(app)
  } finally {
    await app.mediaWorker.stop()
    app.close()
  }
}
