import { Hono } from 'hono'
import { wordDraftSchema, wordSchema } from '../../../shapes/words'
import { WordForm, WordsPage, WordsPart } from '../../../views/admin/words'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { staff } from '../../http/viewer'
import { addWord, listWords, removeWord, wordJson } from '../../words/model'

export const adminWords = new Hono<Env>()
  .get(
    '/',
    api('List the words that the host does not want, newest first.', { lists: wordSchema, errors: [401, 403] }),
    async (c) => {
      staff(c)
      const page = await listWords(c.var.app.db, wanted(c))
      const next = nextLink(c, page)
      const words = page.items.map(wordJson)
      return reply(c, {
        json: () => ({ ...page, items: words }),
        part: () => <WordsPart words={words} next={next} />,
        page: () => <WordsPage words={words} next={next} />,
      })
    },
  )
  .post(
    '/',
    api('List a word, or change what happens to a text with it. It concerns texts that are written from now on.', {
      body: wordDraftSchema,
      made: wordSchema,
      errors: [401, 403, 409],
    }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = staff(c, 'admin')
      const draft = await input(c, wordDraftSchema, (form) => <WordForm {...form} />)
      const word = wordJson(await write((tx) => addWord(tx, me, draft, now())))
      return replyChanged(c, { json: () => word }, '/admin/words', { made: `/admin/words/${word.id}` })
    },
  )
  .delete('/:id', api('Take a word off the list.', { errors: [401, 403] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = staff(c, 'admin')
    const id = idParam(c)
    await write((tx) => removeWord(tx, me, id, now()))
    return replyGone(c, '/admin/words')
  })
