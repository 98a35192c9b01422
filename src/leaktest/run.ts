import type { Hono } from 'hono'
import type { App, Env } from '../context'
import type { Place } from '../db/database'
import { openView } from '../db/view'
import type { Storage } from '../media/storage'
import { tryAddresses } from './addresses'
import { tryApps } from './apps'
import { createJudge, listFiles, namesOf, type StoredFile, sample } from './bytes'
import { gatherPeople } from './gather-people'
import { tryHooks } from './hooks'
import { tryLinks } from './links'
import { tryOldLinks } from './old-links'
import { tryPushes } from './pushes'
import { createFindings, type Finding, LeakFound, type Row } from './report'
import { readRules } from './rules'
import type { Scene } from './scene'
import { trySearches } from './searches'
import { tryPaths } from './socket'

export type LeakReport = {
  /** True when everybody got exactly what they may have. */
  ok: boolean
  /** True when none of the files tried is closed to anybody, so that the test had nothing to find. */
  tooEmpty: boolean
  access: 'members' | 'public'
  /** How many files were tried, of `stored` files in total. */
  files: number
  stored: number
  /** How many of the files tried are closed to at least one kind of person. */
  locked: number
  doors: Row[]
  leaks: Finding[]
  shut: Finding[]
}

export type Trial = {
  /** A copy of the database, which the test changes. */
  place: Place
  /** The storage with the files of the copy, which is only read. */
  storage: Storage
  /** Opens the program on the copy with the test's clock. It is called twice. */
  open: (now: () => Date) => Promise<App>
  createApp: (app: App) => Hono<Env>
  /** The largest number of files to try. */
  most?: number
  /** The ways to try; by default all of them. */
  ways?: readonly Way[]
  stopAtFirst?: boolean
}

/**
 * The ways to try: pages and lists, searches, pushes, webhooks, apps without the right to read, copied and altered
 * links, paths on a socket, and links that used to work. The last one signs everybody out, so the order matters.
 */
export const WAYS = ['doors', 'searches', 'pushes', 'hooks', 'apps', 'links', 'paths', 'old'] as const
export type Way = (typeof WAYS)[number]

/** How many files are requested by the addresses of their posts and their own. Lists contain all files. */
const AT_THEIR_ADDRESS = 300
/** How many files are requested by apps, whose scopes are judged before anything is looked up. */
const BY_APPS = 5
/** How many files are tried on a socket, which takes one request per attempt. */
const ON_SOCKET = 10

/**
 * Tries, as every kind of person and in every way, to get something they may not have. It changes the copy and signs
 * everybody in it out.
 */
export async function findLeaks({
  place,
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
    await using source = await openView(place)
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
      doors: () => tryAddresses({ ...scene, files: sample(files, AT_THEIR_ADDRESS) }),
      searches: () => trySearches({ ...scene, files: sample(files, AT_THEIR_ADDRESS) }),
      pushes: () => tryPushes({ ...scene, files: sample(files, AT_THEIR_ADDRESS) }),
      hooks: () => tryHooks({ ...scene, files: sample(files, AT_THEIR_ADDRESS) }),
      apps: () => tryApps({ ...scene, files: sample(files, BY_APPS) }),
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
      tooEmpty: !locked.length,
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

/**
 * Picks files for the socket. For half of them somebody has a link to the preview, which is the closest start for an
 * attack.
 */
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
