import { Hono } from 'hono'
import { type MutedWordJson, mutedWordSchema } from '../../shapes/muted-words'
import { object } from '../../shapes/object'
import { textField } from '../../shapes/text'
import { MutedWordsForm, MutedWordsPage, MutedWordsPart } from '../../views/muted-words/list'
import type { Env } from '../context'
import { api } from '../http/api'
import { idParam, input } from '../http/input'
import { nextLink, wanted } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { listMutedWords, muteWord, unmuteWord } from './model'

const HERE = '/muted-words'
const draftSchema = object(() => ({ text: textField({ max: 60, empty: 'Enter a word or a #tag.' }) }))

const json = ({ id, text, createdAt }: { id: number; text: string; createdAt: Date }): MutedWordJson => ({
  id,
  text,
  createdAt: createdAt.toISOString(),
})

export const words = new Hono<Env>()
  .get('/', api('List the words and tags that you mute.', { lists: mutedWordSchema, errors: [401] }), async (c) => {
    const page = await listMutedWords(c.var.app.db, viewer(c), wanted(c))
    const next = nextLink(c, page)
    const items = page.items.map(json)
    return reply(c, {
      json: () => ({ ...page, items }),
      part: () => <MutedWordsPart words={items} next={next} />,
      page: () => <MutedWordsPage words={items} next={next} />,
    })
  })
  .post(
    '/',
    api('Mute a word, a few words in a row or a #tag. Posts with them stay out of your lists.', {
      body: draftSchema,
      made: mutedWordSchema,
      answers: mutedWordSchema,
      errors: [401, 409],
    }),
    async (c) => {
      const { now } = c.var.app
      const me = viewer(c)
      const { text } = await input(c, draftSchema, (form) => <MutedWordsForm {...form} />)
      const { word, isNew } = await c.var.write((tx) => muteWord(tx, me, text, now()))
      return replyChanged(c, { json: () => json(word) }, HERE, { made: isNew && `${HERE}/${word.id}` })
    },
  )
  .delete('/:id{[0-9]+}', api('Unmute a word or a tag.', { errors: [401] }), async (c) => {
    await c.var.write((tx) => unmuteWord(tx, viewer(c), idParam(c)))
    return replyGone(c, HERE)
  })
