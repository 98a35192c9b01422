import { type Part, readPart } from './bundle'
import { readTime } from './captions'

/** What a picture says about itself. */
export type Described = { caption?: string; altText?: string; at?: Date }

/** Larger pictures are imported, too, but their metadata is not read. */
const MOST = 128 * 1024 ** 2

/** Texts that cameras and phones write by themselves. */
const BY_MACHINE =
  /^(olympus digital camera|sony dsc|samsung( camera pictures)?|dcim.*|dji.*|minolta digital camera|screenshot|created with gimp|untitled|default|kodak digital still camera|\s*)$/i

/** Reads captions and times from EXIF, IPTC and XMP. A picture that cannot be read says nothing. */
export async function describe(part: Part, timeZone: string): Promise<Described> {
  if (part.bytes > MOST) return {}
  try {
    const { default: reader } = await import('exifreader')
    const { DOMParser } = await import('@xmldom/xmldom')
    const bytes = await readPart(part, MOST)
    const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
    const tags = reader.load(whole, { expanded: true, domParser: new DOMParser({ onError: () => {} }) })
    const { exif = {}, iptc = {}, xmp = {} } = tags as Record<string, Record<string, unknown>>
    const caption = firstText(
      xmp.description,
      xmp.Description,
      iptc['Caption/Abstract'],
      exif.ImageDescription,
      xmp.title,
      iptc['Object Name'],
    )
    const altText = firstText(xmp.AltTextAccessibility)
    const at = timeOf({ exif, iptc, xmp }, timeZone)
    return { ...(caption && { caption }), ...(altText && { altText }), ...(at && { at }) }
  } catch {
    return {}
  }
}

type Tags = Record<'exif' | 'iptc' | 'xmp', Record<string, unknown>>

function timeOf({ exif, iptc, xmp }: Tags, timeZone: string): Date | undefined {
  const offset = textOf(exif.OffsetTimeOriginal) || textOf(exif.OffsetTime)
  for (const tag of [exif.DateTimeOriginal, exif.DateTimeDigitized]) {
    const at = readTime(textOf(tag) + (/^[+-]\d\d:\d\d$/.test(offset) ? offset : ''), timeZone)
    if (at) return at
  }
  for (const tag of [xmp.DateTimeOriginal, xmp.DateCreated, xmp.CreateDate, exif.DateTime]) {
    const at = readTime(textOf(tag), timeZone)
    if (at) return at
  }
  const [day, time] = [textOf(iptc['Date Created']), textOf(iptc['Time Created'])]
  return day ? readTime(`${day} ${time}`.trim(), timeZone) : undefined
}

function firstText(...tags: unknown[]): string {
  for (const tag of tags) {
    const text = textOf(tag).trim()
    if (text && !BY_MACHINE.test(text)) return text
  }
  return ''
}

/** A tag has its text as a value, a list of one, or texts by language. */
function textOf(tag: unknown): string {
  if (typeof tag !== 'object' || tag === null) return ''
  const { value, description } = tag as { value?: unknown; description?: unknown }
  if (typeof value === 'string') return value
  if (Array.isArray(value) && typeof value[0] === 'string') return value[0]
  return typeof description === 'string' ? description : ''
}
