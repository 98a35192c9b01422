import { extname } from 'node:path'
import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { files } from '../files/table'
import type { Person } from '../ports/people'
import { posts } from '../posts/table'

const CHUNK = 100
/** The longest name of a file, in characters of which each may take three bytes. Common systems allow 255 bytes. */
const LONGEST = 60

const columns = {
  id: files.id,
  uploadId: files.uploadId,
  postId: files.postId,
  name: files.name,
  type: files.type,
  kind: files.kind,
  bytes: files.bytes,
  sha256: files.sha256,
  status: files.status,
  width: files.width,
  height: files.height,
  duration: files.duration,
  altText: files.altText,
  edit: files.edit,
  createdAt: files.createdAt,
}

/** Lists all files of the person, oldest first, but not those of deleted posts, which are kept for buyers. */
export async function* ownFiles(db: Reader, me: Pick<Person, 'id'>) {
  for (let after = 0; ; ) {
    const rows = await db
      .select(columns)
      .from(files)
      .leftJoin(posts, eq(posts.id, files.postId))
      .where(and(eq(files.ownerId, me.id), isNull(files.deletedAt), isNull(posts.deletedAt), gt(files.id, after)))
      .orderBy(asc(files.id))
      .limit(CHUNK)
    yield* rows
    if (rows.length < CHUNK) return
    after = rows.at(-1)!.id
  }
}
export type OwnFile = ReturnType<typeof ownFiles> extends AsyncGenerator<infer File> ? File : never

/** The place of an original in the zip: its day, its id, and the name that it had on the device of its owner. */
export function pathOfOriginal({ id, name, type, createdAt }: Pick<OwnFile, 'id' | 'name' | 'type' | 'createdAt'>) {
  const clean = cleanName(name)
  const extension = extname(clean)
  const stem = clean.slice(0, clean.length - extension.length)
  const end = extension || `.${type.split('/')[1]?.replace(/^x-|\+.*$/g, '') || 'bin'}`
  const day = createdAt.toISOString().slice(0, 10)
  return `originals/${day}-${id}${stem ? `-${[...stem].slice(0, LONGEST).join('')}` : ''}${end}`
}

/** Replaces what Windows, macOS or Linux do not allow in the name of a file. */
const cleanName = (name: string) =>
  name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
