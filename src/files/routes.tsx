import { type Context, Hono } from 'hono'
import { editShape } from '../../shapes/edits'
import { fileSchema } from '../../shapes/files'
import { object } from '../../shapes/object'
import { textField } from '../../shapes/text'
import { FilePart } from '../../views/files/file'
import { FilesPage, FilesPart } from '../../views/files/list'
import { PostForm } from '../../views/posts/new'
import type { Env } from '../context'
import { PER_VIEWER } from '../http/answer'
import { api } from '../http/api'
import { idParam, input } from '../http/input'
import { nextLink, wantedOfTime } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { attachment } from '../http/send-file'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { sendStored } from '../media/deliver'
import { composerOf } from '../posts/draft/composer'
import { invalidFields, Problem } from '../problem'
import { receiveFiles } from '../uploads/multipart'
import { captions } from './captions/routes'
import { editFile } from './edit'
import { edits } from './edit-routes'
import { ownFileJson } from './json'
import { changeAltText, deleteOwnFile, findOwnFile, listFiles, retryFile } from './model'
import { openStored } from './stored'
import type { FileRow } from './table'

const patchSchema = object(() => ({ altText: textField({ max: 1000 }), ...editShape }))
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Please say what to change.')

const changed = (c: Context<Env>, file: FileRow, made?: string) => {
  const json = ownFileJson(file, viewerContextOf(c))
  const at = file.postId ? `/posts/${file.postId}/edit` : '/posts/new'
  return replyChanged(c, { json: () => json, part: () => <FilePart file={json} /> }, at, made ? { made } : {})
}

const HASHED = {
  sha256: 'Only files whose original has this SHA-256, in hex. The hash is known once a file has been processed.',
}

/** Reads `?sha256=`, by which a script finds out whether it has uploaded these bytes before. */
function hashAsked(c: Context): string | undefined {
  const text = c.req.query('sha256')
  if (text === undefined || /^[\da-f]{64}$/i.test(text)) return text?.toLowerCase()
  throw invalidFields({ path: 'sha256', message: 'Enter 64 hexadecimal digits.' })
}

export const files = new Hono<Env>()
  .route('/', edits)
  .route('/', captions)
  .get('/', api('List your files.', { lists: fileSchema, dated: true, query: HASHED, errors: [401] }), async (c) => {
    const page = await listFiles(c.var.app.db, viewer(c), wantedOfTime(c), hashAsked(c))
    const next = nextLink(c, page)
    const list = page.items.map((file) => ownFileJson(file, viewerContextOf(c)))
    return reply(c, {
      json: () => ({ ...page, items: list }),
      part: () => <FilesPart files={list} next={next} />,
      page: () => <FilesPage files={list} next={next} />,
    })
  })
  .post(
    '/',
    api('Upload a photo or a video in one request, as `file`.', {
      file: true,
      made: fileSchema,
      once: true,
      errors: [401, 413, 415, 422, 429, 503, 507],
    }),
    async (c) => {
      viewer(c) // nobody else may upload
      c.set('form', async (problem) => {
        return <PostForm {...(await composerOf(c))} problem={problem} />
      })
      const [file] = await receiveFiles(c, 'POST /files')
      return changed(c, file!, `/files/${file!.id}`)
    },
  )
  .get('/:id', api('Get one of your files.', { answers: fileSchema, errors: [401, 404] }), async (c) => {
    const file = ownFileJson(await findOwnFile(c.var.app.db, viewer(c), idParam(c)), viewerContextOf(c))
    return reply(c, {
      json: () => file,
      part: () => <FilePart file={file} />,
      page: () => <FilesPage files={[file]} next={null} />,
    })
  })
  .patch(
    '/:id',
    api(
      'Set the alt text of a file. Before it is published, choose the part that is shown, turn it, trim a video and ' +
        'choose its cover: `null` takes that back, and the renditions are made again.',
      { body: patchSchema, answers: fileSchema, errors: [401, 404, 409] },
    ),
    async (c) => {
      const { now } = c.var.app
      const me = viewer(c)
      const id = idParam(c)
      const { altText, ...edit } = await input(c, patchSchema)
      const file = await c.var.write(async (tx) => {
        const described = altText === undefined ? null : await changeAltText(tx, me, id, altText)
        return described && !Object.keys(edit).length ? described : editFile(tx, me, id, edit, now())
      })
      return changed(c, file)
    },
  )
  .delete('/:id', api('Delete a file that is in no post.', { errors: [401, 409] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = viewer(c)
    const id = idParam(c)
    await write((tx) => deleteOwnFile(tx, me, id, now()))
    return replyGone(c, '/posts/new')
  })
  .post(
    '/:id/attempts',
    api('Process a failed file again.', { answers: fileSchema, errors: [401, 404] }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const id = idParam(c)
      return changed(c, await write((tx) => retryFile(tx, me, id, now())))
    },
  )
  .get(
    '/:id/original',
    api('Download the file as it was uploaded.', { bytes: ['image/*', 'video/*'], errors: [401, 404, 503] }),
    async (c) => {
      const { app } = c.var
      const file = await findOwnFile(app.db, viewer(c), idParam(c))
      const original = await openStored(app, file, 'original')
      if (!original) throw new Problem('not_found', 'This file does not exist.')
      const attached = attachment(file.name || `file-${file.id}`)
      const headers = {
        'content-type': file.type,
        'content-disposition': attached,
        'cache-control': PER_VIEWER,
      }
      return sendStored(c, original, headers)
    },
  )
