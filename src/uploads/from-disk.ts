import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { App } from '../context'
import { createFile, lookUpByUpload } from '../files/model'
import type { FileRow } from '../files/table'
import type { Person } from '../ports/people'
import { quotasOf } from '../settings/quotas'
import { adoptAtOnce, dropUpload } from './adopt'
import { newUploadId } from './ids'
import { draftOf } from './receive'

type Given = {
  name: string
  /** The bytes, or the path of a file that has them. */
  from: string | (() => Promise<Readable>)
  /** The same bytes with the same id become one file, also after an interruption. */
  uploadId?: string
  /** When the server processes the file, if nobody has until then. */
  processAt?: Date
}

/** Makes a file of a person from bytes that are on this machine, as an upload does. */
export async function takeIn(
  app: Pick<App, 'arrivals' | 'config' | 'db' | 'now' | 'settings' | 'write'>,
  owner: Pick<Person, 'id'>,
  { name, from, uploadId = newUploadId(owner), processAt = app.now() }: Given,
): Promise<FileRow> {
  const before = await lookUpByUpload(app.db, uploadId)
  if (before) return before
  try {
    await app.arrivals.receive(uploadId, typeof from === 'string' ? createReadStream(from) : await from())
    const draft = await draftOf(app, { uploadId, name })
    const file = await app.write((tx) => createFile(tx, owner, draft, quotasOf(app.settings()), app.now(), processAt))
    await adoptAtOnce(app, file)
    return file
  } catch (error) {
    if (!(await lookUpByUpload(app.db, uploadId))) await dropUpload(app, uploadId)
    throw error
  }
}
