import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { appealSchema, removedSchema } from '../../shapes/appeals'
import { object } from '../../shapes/object'
import { AppealForm, AppealPage, AppealSentPage, RemovedPage, RemovedPart } from '../../views/appeals/appeals'
import type { Env } from '../context'
import { api } from '../http/api'
import { limitKeyOf } from '../http/client'
import { input } from '../http/input'
import { nextLink, wanted } from '../http/list'
import { passkeyHindrance } from '../http/passkey-place'
import { reply, replyChanged } from '../http/reply'
import { viewer } from '../http/viewer'
import { Problem } from '../problem'
import { checkPasskey } from '../sessions/check-passkey'
import { reasonField } from '../users/fields'
import { checkCredentials, findAccount } from '../users/model'
import { assertionField } from '../users/passkeys/fields'
import { appealJson, removedJson } from './json'
import { appealRemoval, appealSuspension, listRemoved } from './model'

const draft = object(() => ({
  text: reasonField().describe('What you answer.'),
  postId: z.int().positive().optional().describe('The post of yours that was removed.'),
  commentId: z.int().positive().optional().describe('The comment of yours that was removed.'),
  handle: z.string().trim().max(100).optional().describe('For a suspension, since nobody can sign in then.'),
  password: z.string().max(200).optional().describe('With `handle`.'),
  response: assertionField()
    .optional()
    .describe('In place of `handle` and `password`: the answer of a passkey to `POST /sessions/passkeys/options`.'),
}))
type Draft = z.infer<typeof draft>

/**
 * Answers a suspension. The password or the passkey is checked as when signing in, and wrong ones count towards the same
 * limits.
 */
async function answerSuspension(c: Context<Env>, { handle = '', password = '', response, text }: Draft) {
  const { db, limits, now } = c.var.app
  const { write } = c.var
  if (response) {
    const { userId, note } = await limits.attempt([['signInsOfAddress', limitKeyOf(c)]], () =>
      checkPasskey(c, response, 'sign-in', 'unauthenticated'),
    )
    return write(async (tx) => {
      await note(tx)
      return appealSuspension(tx, await findAccount(tx, userId), text, now())
    })
  }
  const name = handle.replace(/^@/, '')
  const { account } = await limits.attempt(
    [
      ['signInsOfAddress', limitKeyOf(c)],
      ['signInsOfHandle', name.toLowerCase()],
    ],
    () => checkCredentials(db, name, password),
  )
  return write(async (tx) => appealSuspension(tx, await findAccount(tx, account.id), text, now()))
}

function answerRemoval(c: Context<Env>, { postId, commentId, text }: Draft) {
  const { write } = c.var
  const me = viewer(c)
  if (!postId === !commentId) throw new Problem('invalid', 'Name the post or the comment that was removed.')
  const removed = postId ? ({ about: 'post', id: postId } as const) : ({ about: 'comment', id: commentId! } as const)
  return write((tx) => appealRemoval(tx, me, removed, text, c.var.app.now()))
}

export const appeals = new Hono<Env>()
  .get(
    '/',
    api('List what the staff removed of yours, with your answers, newest first.', {
      lists: removedSchema,
      errors: [401],
    }),
    async (c) => {
      const page = await listRemoved(c.var.app.db, viewer(c), wanted(c))
      const next = nextLink(c, page)
      const removed = page.items.map(removedJson)
      return reply(c, {
        json: () => ({ ...page, items: removed }),
        part: () => <RemovedPart removed={removed} next={next} />,
        page: () => <RemovedPage removed={removed} next={next} />,
      })
    },
  )
  .get('/new', (c) =>
    reply(c, { json: () => ({}), page: () => <AppealPage {...(!passkeyHindrance(c) && { passkeys: true })} /> }),
  )
  .get('/sent', (c) => reply(c, { json: () => ({}), page: () => <AppealSentPage /> }))
  .post(
    '/',
    api('Answer a suspension, or the removal of a post or comment of yours, once. The staff decide and tell you.', {
      body: draft,
      made: appealSchema,
      errors: [401, 404, 409, 429],
    }),
    async (c) => {
      const asked = await input(c, draft, (form) => (
        <AppealForm {...form} {...(!passkeyHindrance(c) && { passkeys: true })} />
      ))
      const isRemoval = asked.postId !== undefined || asked.commentId !== undefined
      const appeal = await (isRemoval ? answerRemoval(c, asked) : answerSuspension(c, asked))
      const at = isRemoval ? '/appeals' : '/appeals/sent'
      return replyChanged(c, { json: () => appealJson(appeal) }, at, { made: at })
    },
  )
