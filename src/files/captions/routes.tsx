import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import { captionsSchema, languageSchema } from '../../../shapes/captions'
import { fileSchema } from '../../../shapes/files'
import { CaptionsPage, CaptionsPart } from '../../../views/files/captions'
import type { FormProps } from '../../../views/parts/form-props'
import type { App, Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { reply, replyChanged } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { sha256Of } from '../../media/hash'
import { captionFile } from '../../media/renditions'
import { invalidFields } from '../../problem'
import { quotasOf } from '../../settings/quotas'
import { ownFileJson } from '../json'
import type { FileRow } from '../table'
import { cleanCaptions, expectCaptions, findOwnVideo, setCaptions } from './model'

function languageOf(tag: string): string {
  const language = languageSchema().safeParse(tag)
  if (language.success) return language.data
  throw invalidFields({ path: 'language', message: 'Please choose a language.' })
}

/** Stores captions, whose name says what they contain, before the row mentions them. */
async function store({ storage, config }: App, id: number, name: string, bytes: Buffer) {
  const folder = join(config.dataDir, 'work')
  const draft = join(folder, crypto.randomUUID())
  await mkdir(folder, { recursive: true })
  try {
    await Bun.write(draft, bytes)
    await storage.put(id, name, draft)
  } finally {
    await rm(draft, { force: true })
  }
}

const changed = (c: Context<Env>, row: FileRow) => {
  const file = ownFileJson(row, viewerContextOf(c))
  return replyChanged(c, { json: () => file, part: () => <CaptionsPart file={file} /> }, `/files/${file.id}/captions`)
}

const limitsOf = ({ settings, now }: App) => ({ quota: quotasOf(settings()), now: now() })

export const captions = new Hono<Env>()
  .get(
    '/:id/captions',
    api('Get one of your videos with its captions.', { answers: fileSchema, errors: [401, 404, 409] }),
    async (c) => {
      const file = ownFileJson(await findOwnVideo(c.var.app.db, viewer(c), idParam(c)), viewerContextOf(c))
      return reply(c, {
        json: () => file,
        part: () => <CaptionsPart file={file} />,
        page: () => <CaptionsPage file={file} />,
      })
    },
  )
  .post(
    '/:id/captions',
    api('Give one of your videos captions in a language, as WebVTT or SRT. They replace those it has.', {
      body: captionsSchema,
      answers: fileSchema,
      errors: [401, 404, 409, 413],
    }),
    async (c) => {
      const { app, write } = c.var
      const me = viewer(c)
      const video = await findOwnVideo(app.db, me, idParam(c))
      const shown = ownFileJson(video, viewerContextOf(c))
      const form = (props: FormProps) => <CaptionsPart file={shown} {...props} />
      const { language: tag, text } = await input(c, captionsSchema, form)
      const language = languageOf(tag)
      const bytes = Buffer.from(cleanCaptions(text, video.duration))
      const made = { bytes: bytes.length, sha256: sha256Of(bytes) }
      await write((tx) => expectCaptions(tx, me, video.id, language, made, limitsOf(app)))
      await store(app, video.id, captionFile(language, made.sha256), bytes)
      return changed(c, await write((tx) => setCaptions(tx, me, video.id, language, made, limitsOf(app))))
    },
  )
  .delete(
    '/:id/captions/:language',
    api('Take back the captions of a language.', { answers: fileSchema, errors: [401, 404, 409, 422] }),
    async (c) => {
      const { app } = c.var
      const me = viewer(c)
      const [id, language] = [idParam(c), languageOf(c.req.param('language'))]
      return changed(c, await c.var.write((tx) => setCaptions(tx, me, id, language, null, limitsOf(app))))
    },
  )
