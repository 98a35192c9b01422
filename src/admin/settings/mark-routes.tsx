import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ICONS, type IconName, MOST_MARK_MB, markSchema } from '../../../shapes/mark'
import { MarkForm } from '../../../views/admin/mark'
import type { App, Env } from '../../context'
import { api } from '../../http/api'
import { replyChanged, replyGone } from '../../http/reply'
import { staff } from '../../http/viewer'
import { type Icons, setMark } from '../../marks/model'
import { BadMedia } from '../../media/errors'
import { ICONS_FOLDER } from '../../media/renditions'
import { Problem } from '../../problem'

const AT = '/admin/settings'

/** The picture comes in a form of its own and is held in memory, so it has a limit. */
const limited = bodyLimit({
  maxSize: MOST_MARK_MB * 1024 ** 2,
  onError() {
    throw new Problem('too_large', 'This file is too large: at most {mb} MB are allowed.', {}, { mb: MOST_MARK_MB })
  },
})

async function pictureIn(c: Context<Env>): Promise<File> {
  if (!/^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? ''))
    throw new Problem('unsupported_media', 'Send the file as multipart/form-data.')
  const form = await c.req.formData().catch((error) => {
    throw error instanceof Problem ? error : new Problem('unreadable', 'This is not a valid form.')
  })
  const file = form.get('file')
  if (file instanceof File && file.size) return file
  throw refused('Choose a file to upload.')
}

const refused = (message: string, values = {}) =>
  new Problem('invalid', message, { errors: [{ path: 'file', message }] }, values)

/** Lets the media worker make the icons, as it makes the renditions of photos. */
async function makeIcons({ config, mediaWorker }: App, picture: File, signal: AbortSignal): Promise<Icons> {
  const output = join(config.dataDir, 'work', crypto.randomUUID())
  await mkdir(output, { recursive: true })
  try {
    const input = join(output, 'original')
    await Bun.write(input, picture)
    await mediaWorker.icons({ input, output }, { signal })
    const read = (name: string) => Bun.file(join(output, ICONS_FOLDER, name)).bytes()
    const names = Object.keys(ICONS) as IconName[]
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)]))) as Icons
  } catch (error) {
    throw error instanceof BadMedia ? refused(error.message, error.values) : error
  } finally {
    await rm(output, { recursive: true, force: true })
  }
}

export const adminMark = new Hono<Env>()
  .put(
    '/',
    api('Upload a picture as the mark of the community, which is shown on pages and as the icon of the app.', {
      file: true,
      answers: markSchema,
      errors: [401, 403, 413, 415],
    }),
    limited,
    async (c) => {
      const { app, write } = c.var
      const me = staff(c, 'admin')
      c.set('form', (problem) => <MarkForm problem={problem} />)
      await app.limits.take('uploads', me.id)
      const icons = await makeIcons(app, await pictureIn(c), c.req.raw.signal)
      const { mark } = await write((tx) => setMark(tx, me, icons, app.config, app.now()))
      return replyChanged(c, { json: () => ({ mark }) }, AT)
    },
  )
  .delete('/', api('Restore the default mark.', { errors: [401, 403] }), async (c) => {
    const { app, write } = c.var
    const me = staff(c, 'admin')
    await write((tx) => setMark(tx, me, null, app.config, app.now()))
    return replyGone(c, AT, { leave: true })
  })
