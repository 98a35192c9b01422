import { type Bundle, type Part, split } from './bundle'
import { findTable, type Row, rowsOf } from './captions'
import { type Described, describe } from './metadata'
import { type Found, type FoundPost, sourceOf, type Trouble } from './post'
import { EDITED, type Sidecar, sidecarsOf } from './takeout'

/** Endings of the photos and videos that are looked at; their first bytes decide in the end. */
const STILLS = /\.(jpe?g|png|webp|hei[cf]|avif|gif|tiff?|jxl|dng|cr[23]|nef|arw|raf|orf|rw2)$/i
const MOVING = /\.(mp4|mov|m4v|webm|mkv|avi|3gp|mts|m2ts)$/i
type Options = { timeZone: string; table?: string | undefined; progress?: (done: number, all: number) => void }

/** Finds the photos and videos of a folder, with what a table, sidecars of Google Takeout or they themselves say. */
export async function findPictures(bundle: Bundle, { timeZone, table, progress }: Options): Promise<Found> {
  const notes: Trouble[] = []
  const troubles: Trouble[] = []
  const sidecars = await sidecarsOf(bundle, troubles)
  const rows = await rowsOf(findTable(bundle, table), timeZone, troubles)
  const pictures = bundle.parts.filter(({ path }) => STILLS.test(path) || MOVING.test(path))
  const names = new Set(pictures.map(({ path }) => path))
  const groups = new Map<string, FoundPost>()
  for (const [i, part] of pictures.entries()) {
    progress?.(i, pictures.length)
    const reason = superseded(part, names)
    if (reason) {
      notes.push({ path: part.path, reason })
      continue
    }
    const row = rows.find(part.path)
    const said = await sayingOf(part, { row, sidecar: sidecars.get(part.path), timeZone })
    const key = row?.post ? `post ${row.post}` : part.path
    const before = groups.get(key)
    if (before) before.files.push({ part, altText: said.altText })
    else
      groups.set(key, {
        source: row?.post
          ? sourceOf('table', row.post)
          : sourceOf('picture', part.path.split('/').at(-1)!, String(part.bytes)),
        from: part.path,
        caption: said.caption,
        publishedAt: said.at,
        files: [{ part, altText: said.altText }],
      })
  }
  for (const path of rows.unused()) troubles.push({ path, reason: 'The table names this file, but it is not there.' })
  return { kind: 'pictures', posts: [...groups.values()], notes, troubles }
}

/** Says why a file is left out because another one shows the same. */
function superseded({ path }: Part, names: Set<string>): string | null {
  const { folder, name } = split(path)
  const [stem, ending] = [name.replace(/\.\w+$/, ''), name.match(/\.\w+$/)?.[0] ?? '']
  const hasEdited = EDITED.some((word) => names.has(`${folder}${stem}-${word}${ending}`))
  if (hasEdited) return 'Left out, because its edited copy is imported.'
  const still = ['HEIC', 'heic', 'JPG', 'jpg', 'JPEG', 'jpeg'].some((end) => names.has(`${folder}${stem}.${end}`))
  return MOVING.test(name) && still ? 'Left out, because it is the moving part of a photo.' : null
}

type Saying = { row: Row | undefined; sidecar: Sidecar | undefined; timeZone: string }

/** A table counts more than a sidecar, and that more than what the file contains. The time of the file is the last resort. */
async function sayingOf(part: Part, { row, sidecar, timeZone }: Saying) {
  const isKnown = row?.at && row.caption !== undefined
  const inside: Described = isKnown || MOVING.test(part.path) ? {} : await describe(part, timeZone)
  return {
    at: row?.at ?? sidecar?.at ?? inside.at ?? part.changedAt,
    caption: row?.caption ?? (sidecar?.caption || inside.caption || ''),
    altText: row?.altText ?? inside.altText ?? '',
  }
}
