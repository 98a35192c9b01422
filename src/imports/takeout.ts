import { z } from 'zod'
import { object } from '../../shapes/object'
import { type Bundle, readPart, split } from './bundle'
import type { Trouble } from './post'

export type Sidecar = { at: Date | undefined; caption: string }

const sidecar = object(() => ({
  title: z.string(),
  description: z.string().default(''),
  photoTakenTime: object(() => ({ timestamp: z.coerce.number() })),
}))

const MOST_JSON = 1024 ** 2
/** Google cuts the names of sidecars at this length, without `.json`. */
const LONGEST = 46
const WORDS = 'supplemental-metadata'
/** What Google Photos adds to the names of edited copies, in the languages of its texts. */
export const EDITED = ['edited', 'bearbeitet', 'modifié', 'editado', 'bewerkt', '編集済み', '수정됨']
const EDITED_COPY = new RegExp(`-(${EDITED.join('|')})(?=(\\(\\d+\\))?\\.\\w+$)`, 'i')

/**
 * Finds what Google Takeout has written about each picture, by the path of the picture. The sidecar of `IMG_1(2).jpg` is
 * `IMG_1.jpg(2).json` or `IMG_1.jpg.supplemental-metadata(2).json`, cut when that is long.
 */
export async function sidecarsOf({ parts }: Bundle, troubles: Trouble[]): Promise<Map<string, Sidecar>> {
  const found = new Map<string, Sidecar>()
  const folders = Map.groupBy(parts, ({ path }) => split(path).folder)
  for (const [folder, inside] of folders) {
    const sheets = inside.filter(({ path }) => /\.json$/i.test(path))
    if (!sheets.length) continue
    for (const { path } of inside) {
      if (/\.json$/i.test(path)) continue
      const name = split(path).name
      const part = sheets.find((sheet) => isSidecarOf(split(sheet.path).name, name))
      if (!part) continue
      try {
        const read = sidecar.safeParse(JSON.parse((await readPart(part, MOST_JSON)).toString('utf8'))).data
        if (!read) continue // another program's JSON
        const at = read.photoTakenTime.timestamp ? new Date(read.photoTakenTime.timestamp * 1000) : undefined
        found.set(folder + name, { at, caption: read.description })
      } catch (error) {
        troubles.push({
          path: part.path,
          reason: `It cannot be read: ${error instanceof Error ? error.message : error}`,
        })
      }
    }
  }
  return found
}

/** Whether a sheet with this name belongs to the picture with that name. */
export function isSidecarOf(sheet: string, picture: string): boolean {
  const [plain, number] = unnumbered(picture.replace(EDITED_COPY, ''))
  const [body, sheetNumber] = lastNumber(sheet.replace(/\.json$/i, ''))
  // the number of `IMG(1).jpg` is at the end of its sheet; names that merely contain a number keep it in its place
  if (sheetNumber === number && belongs(body, plain)) return true
  return number !== '' && belongs(sheet.replace(/\.json$/i, ''), picture.replace(EDITED_COPY, ''))
}

function belongs(body: string, picture: string): boolean {
  if (body === picture || body === picture.replace(/\.\w+$/, '')) return true
  const whole = `${picture}.${WORDS}`
  if (!whole.startsWith(body)) return false
  return body.length > picture.length || body.length >= LONGEST - 1
}

const unnumbered = (name: string): [plain: string, number: string] => {
  const match = name.match(/^(.*)\((\d+)\)(\.\w+)$/)
  return match ? [match[1]! + match[3]!, match[2]!] : [name, '']
}

const lastNumber = (name: string): [body: string, number: string] => {
  const match = name.match(/^(.*)\((\d+)\)$/)
  return match ? [match[1]!, match[2]!] : [name, '']
}
