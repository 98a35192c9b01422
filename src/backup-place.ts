import { resolve } from 'node:path'
import { nameOfBucket, parseS3, type S3Address } from './s3-address'

/** Where backups are kept, each byte once: a folder, or a bucket. */
export type BackupPlace = { folder: string } | { bucket: S3Address }

export const PLACE_FORM =
  'a folder like /backups, or a bucket like s3://KEY:SECRET@s3.example.org/BUCKET?region=eu-central-1, with the characters ' +
  '/ + % and @ of the key encoded'

/** Returns undefined for an invalid address of a bucket. Everything else is a path. */
export function parsePlace(text: string): BackupPlace | undefined {
  if (!/^s3:/i.test(text)) return { folder: resolve(text) }
  const bucket = parseS3(text)
  return bucket && { bucket }
}

/** The place as people may see it in messages and logs: without the key. */
export const nameOfPlace = (place: BackupPlace): string =>
  'folder' in place ? place.folder : nameOfBucket(place.bucket)

/** How many backups to keep: one for each of the last days, weeks, months and years that have one. */
export type Keep = { days: number; weeks: number; months: number; years: number }

export const KEEP_FORM = 'a list like 7d,4w,6m (days, weeks, months; also years, as 2y)'

const UNITS = { d: 'days', w: 'weeks', m: 'months', y: 'years' } as const

/** Parses `7d,4w,6m`. Returns undefined for anything else, and for a list that keeps nothing. */
export function parseKeep(text: string): Keep | undefined {
  const keep: Keep = { days: 0, weeks: 0, months: 0, years: 0 }
  for (const part of text.split(',')) {
    const [, count, unit] = /^\s*([1-9]\d{0,3})([dwmy])\s*$/.exec(part) ?? []
    if (!unit) return undefined
    keep[UNITS[unit as keyof typeof UNITS]] = Number(count)
  }
  return keep
}
