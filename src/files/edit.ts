import { and, eq, isNotNull, isNull, notExists, sql } from 'drizzle-orm'
import type { Edit } from '../../shapes/edits'
import type { Tx } from '../db/open'
import { touchFile } from '../db/tell'
import { given } from '../given'
import { isInside } from '../media/edit'
import type { Person } from '../ports/people'
import { posts } from '../posts/table'
import { type FieldError, invalidFields, Problem } from '../problem'
import { dropCaptions } from './captions/model'
import { enqueueWork, findOwnFile, noAvatar } from './model'
import { type FileRow, files } from './table'

/** A change of an edit. `null` takes a part of it back, and what is left out stays. */
export type EditPatch = { [K in keyof Edit]?: Edit[K] | null | undefined }

/**
 * Changes how a file is shown, until it is published. Its renditions are made again from the original. While a job works
 * on the file, that job notices the change and begins again, so a file never has two jobs.
 */
export async function editFile(tx: Tx, me: Person, id: number, patch: EditPatch, now: Date): Promise<FileRow> {
  const file = await findOwnFile(tx, me, id)
  const edit = changed(file.edit, patch)
  check(file, edit)
  if (JSON.stringify(edit) === JSON.stringify(file.edit)) return file
  const again = { edit, status: 'processing', progress: 0, errorCode: null, errorMessage: null } as const
  const [edited] = await tx
    .update(files)
    .set(again)
    .where(and(eq(files.id, id), isNull(files.deletedAt), noAvatar(tx), unpublished(tx)))
    .returning()
  if (!edited)
    throw new Problem('conflict', 'This file is published already, so it can no longer be changed.', {
      code: 'already_published',
    })
  // the times of captions no longer fit, and some would tell what was cut away
  if (JSON.stringify(edit.trim) !== JSON.stringify(file.edit.trim)) await dropCaptions(tx, edited, now)
  touchFile(tx, edited)
  if (file.status !== 'processing') await enqueueWork(tx, edited, now)
  return edited
}

const unpublished = (tx: Tx) => {
  const published = and(eq(posts.id, files.postId), isNotNull(posts.publishedAt))
  return notExists(tx.select({ one: sql`1` }).from(posts).where(published))
}

/** The fields always have the same order, since edits are compared as text. */
function changed(edit: Edit, patch: EditPatch): Edit {
  const { crop, turn, trim, cover } = { ...edit, ...given(patch) }
  return {
    ...(crop && { crop: { x: crop.x, y: crop.y, width: crop.width, height: crop.height } }),
    ...(turn && { turn }),
    ...(trim && { trim: { start: trim.start, end: trim.end } }),
    ...(typeof cover === 'number' && { cover }),
  }
}

/** Refuses what cannot be. What the original is like is known once the file was ready. */
function check({ kind, madeFrom, width, height, duration }: FileRow, { crop, trim, cover }: Edit) {
  const original = madeFrom ?? { width, height, duration }
  const errors: FieldError[] = []
  if (kind === 'image' && trim) errors.push({ path: 'trim', message: 'Only videos have a start and an end.' })
  if (kind === 'image' && cover !== undefined) errors.push({ path: 'cover', message: 'Only videos have a cover.' })
  const { width: wide, height: high } = original
  if (crop && wide !== null && high !== null && !isInside(crop, { width: wide, height: high }))
    errors.push({ path: 'crop', message: 'The part that is shown must lie inside of the picture.' })
  const end = original.duration ?? Infinity
  if (trim && trim.start >= end) errors.push({ path: 'trim.start', message: 'The video is over by then.' })
  const [from, until] = [trim?.start ?? 0, Math.min(trim?.end ?? Infinity, end)]
  if (cover !== undefined && (cover < from || cover > until))
    errors.push({ path: 'cover', message: 'The cover must come from the part of the video that plays.' })
  if (errors.length) throw invalidFields(...errors)
}
