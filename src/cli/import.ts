import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { VISIBILITIES, type Visibility } from '../../shapes/posts'
import { MOST_COINS } from '../coins/ledger'
import type { Config } from '../config'
import type { Bundle } from '../imports/bundle'
import type { Found } from '../imports/post'
import type { Imported } from '../imports/run'
import { giveToOwnerOf } from '../owner'
import { findUser } from '../users/model'
import { formatBytes } from './checks/space'
import { type Call, type Command, WrongUsage, wholeNumber } from './command'
import { openForChanges } from './store'

/** How many notes and troubles are printed before the rest is only counted. `--json` prints all. */
const MOST_LINES = 50

/** The folders that an import writes into. They belong to the owner of the data folder from the start. */
const FOLDERS = ['media', 'uploads', 'work']

export const importCommand: Command = {
  usage: 'FILE… --as HANDLE [--dry-run] [--visibility everyone|followers] [--price COINS] [--stories] [--captions CSV]',
  about: `Brings photos and videos from elsewhere into the profile of a person, with their captions, at the time when they
were first published. FILE is an Instagram export (the zip or the unpacked folder, or all of its zips), a Google Takeout,
or a folder or zip of pictures with captions in EXIF, IPTC, XMP or a table. Nobody is notified and no inbox fills up.
It can run while the server is running. Run it again after an interruption: what is there is not brought twice.
Try --dry-run first: it reads everything and changes nothing. Exit status 1 when something could not be brought.`,
  options: {
    as: { value: 'HANDLE', about: 'the person who gets the posts' },
    'dry-run': { about: 'say what would be brought, and change nothing' },
    visibility: { value: 'WHO', about: 'who sees the posts: everyone or followers (everyone)' },
    price: { value: 'COINS', about: 'the price of each post (0)' },
    stories: { about: 'bring the stories of Instagram, too' },
    captions: { value: 'CSV', about: 'the table with captions in FILE (captions.csv)' },
  },
  takes: [1, 50],
  async run(call) {
    const { args, flag, config, answer, fail } = call
    const handle = flag('as')
    if (!handle) throw new WrongUsage('Say whose posts these will be, with --as HANDLE.')
    const visibility = (flag('visibility') ?? 'everyone') as Visibility
    if (!VISIBILITIES.includes(visibility))
      throw new WrongUsage(`--visibility must be one of ${VISIBILITIES.join(', ')}, not "${visibility}".`)
    const price = wholeNumber(flag('price') ?? '0', '--price', 0, MOST_COINS)
    const settings = await config()
    const bundle = await open(args)
    try {
      const done = await bring(call, settings, bundle, { handle, visibility, price })
      await answer(summary(done, flag('dry-run') !== undefined), done)
      if (done.troubles.length) fail()
    } finally {
      bundle.close()
    }
  },
}

/** Opens all files as one, since Instagram and Google cut large exports into several zips. */
async function open(paths: readonly string[]): Promise<Bundle> {
  const { openFolder } = await import('../imports/folder')
  const { openZip } = await import('../imports/zip')
  const bundles: Bundle[] = []
  for (const path of paths.map((path) => resolve(path))) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) throw new Error(`There is no file or folder ${path}.`)
    bundles.push(found.isDirectory() ? openFolder(path) : await openZip(path))
  }
  return {
    parts: bundles.flatMap(({ parts }) => parts),
    close: () => {
      for (const each of bundles) each.close()
    },
  }
}

type Wish = { handle: string; visibility: Visibility; price: number }
type Done = Imported & { kind: Found['kind']; handle: string }

async function bring({ tell, flag }: Call, config: Config, bundle: Bundle, wish: Wish): Promise<Done> {
  const { openApp } = await import('../open-app')
  const { importPosts } = await import('../imports/run')
  const { findInstagram, isInstagram } = await import('../imports/instagram')
  const { findPictures } = await import('../imports/pictures')
  const app = await openApp(config, () => new Date(), await openForChanges(config))
  const stop = new AbortController()
  const breakOff = () => {
    tell('Stopping after what is under way. Run the same command again to go on.')
    stop.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, breakOff)
  const give = (...names: string[]) => giveToOwnerOf(config.dataDir, ...names.map((name) => join(config.dataDir, name)))
  const missing = flag('dry-run') ? [] : FOLDERS.filter((name) => !existsSync(join(config.dataDir, name)))
  for (const name of missing) {
    mkdirSync(join(config.dataDir, name))
    give(name)
  }
  try {
    const owner = await findUser(app.db, wish.handle)
    const { timeZone } = app.settings()
    const table = flag('captions')
    const found = isInstagram(bundle)
      ? await findInstagram(bundle, { stories: flag('stories') !== undefined })
      : await findPictures(bundle, { timeZone, table })
    if (!found.posts.length && !found.troubles.length)
      throw new Error(
        'There are no photos or videos in it. Give the export of Instagram in JSON, or a folder of pictures.',
      )
    tell(`Found ${found.posts.length} posts (${found.kind}).`)
    let told = Date.now()
    const done = await importPosts(app, owner, found.posts, {
      dryRun: flag('dry-run') !== undefined,
      visibility: wish.visibility,
      price: wish.price,
      signal: stop.signal,
      stored: ({ id }) => give(`media/${id}`, 'native', 'workers', 'work', 'uploads'),
      progress(posts) {
        if (Date.now() - told < 5000 && posts < found.posts.length) return
        told = Date.now()
        tell(`${posts} of ${found.posts.length}`)
      },
    })
    return {
      kind: found.kind,
      handle: owner.handle,
      ...done,
      notes: [...found.notes, ...done.notes],
      troubles: [...found.troubles, ...done.troubles],
    }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, breakOff)
    await app.mediaWorker.stop()
    app.close()
    give('native', 'workers', 'work', 'uploads')
  }
}

function summary({ handle, posts, files, bytes, known, notes, troubles }: Done, isDry: boolean): string {
  const lines = [
    `${isDry ? 'Would bring' : 'Brought'} ${posts} posts with ${files} photos and videos (${formatBytes(bytes)}) to ${handle}.`,
  ]
  if (known) lines.push(`${known} were there already.`)
  const list = [...troubles, ...notes].slice(0, MOST_LINES).map(({ path, reason }) => `  ${path}: ${reason}`)
  if (list.length) lines.push(`${troubles.length} could not be brought, ${notes.length} were left out or cut:`, ...list)
  const more = notes.length + troubles.length - list.length
  if (more) lines.push(`  and ${more} more. --json lists all.`)
  return lines.join('\n')
}
