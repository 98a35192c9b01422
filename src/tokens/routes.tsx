import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { nameField } from '../../shapes/text'
import { newTokenSchema, SCOPES, type TokenJson, tokenSchema } from '../../shapes/tokens'
import { NewTokenPage, TokenForm, TokensPage, TokensPart } from '../../views/tokens/list'
import type { Env } from '../context'
import { api } from '../http/api'
import { idParam, input } from '../http/input'
import { nextLink, wanted } from '../http/list'
import { reply, replyGone, replySecret } from '../http/reply'
import { inPerson } from '../http/scopes'
import { viewer } from '../http/viewer'
import type { Viewer } from '../ports/people'
import { invalidFields } from '../problem'
import {
  createPersonalToken,
  endPersonalToken,
  listPersonalTokens,
  NEVER,
  type PersonalToken,
} from '../sessions/personal-tokens'
import { requireProof } from '../users/proof'

const DAY_MS = 24 * 3600_000

const draft = object(() => ({
  name: nameField({ max: 100, empty: 'Enter a name by which you will recognize the token.' }),
  scopes: z
    .array(z.enum(SCOPES), 'Choose at least one thing that the token may do.')
    .min(1, 'Choose at least one thing that the token may do.'),
  expiresAt: z
    .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: 'Enter a day such as 2026-01-31.' })
    .transform((text) => (text.includes('T') ? new Date(text) : new Date(+new Date(text) + DAY_MS)))
    .optional()
    .describe('A time, or the last day in UTC. Without it the token does not expire.'),
  endsWithPassword: z
    .boolean()
    .default(true)
    .describe('Whether a new password ends the token. A reset of a forgotten password always does.'),
  password: z.string().max(200).optional().describe('Not needed within ten minutes of using a passkey.'),
}))

const toJson = ({ id, name, scopes, createdAt, expiresAt, usedAt, outlivesPassword }: PersonalToken): TokenJson => ({
  id,
  name,
  scopes,
  createdAt: createdAt.toISOString(),
  expiresAt: +expiresAt === +NEVER ? null : expiresAt.toISOString(),
  lastUsedAt: usedAt?.toISOString() ?? null,
  endsWithPassword: !outlivesPassword,
})

function check({ scopes, expiresAt }: z.output<typeof draft>, me: Viewer, now: Date) {
  const errors = [
    ...(scopes.includes('admin') && me.role === 'member'
      ? [{ path: 'scopes', message: 'Only staff can use the staff desk.' }]
      : []),
    ...(expiresAt && (expiresAt <= now || expiresAt >= NEVER)
      ? [{ path: 'expiresAt', message: 'Choose a day in the future.' }]
      : []),
  ]
  if (errors.length) throw invalidFields(...errors)
}

export const tokens = new Hono<Env>()
  .get('/', api('List your personal tokens.', { lists: tokenSchema, errors: [401] }), async (c) => {
    const { db, now } = c.var.app
    const me = viewer(c)
    const page = await listPersonalTokens(db, me.id, wanted(c), now())
    const next = nextLink(c, page)
    const items = page.items.map(toJson)
    return reply(c, {
      json: () => ({ ...page, items }),
      part: () => <TokensPart tokens={items} next={next} />,
      page: () => <TokensPage tokens={items} next={next} role={me.role} />,
    })
  })
  .post(
    '/',
    api('Create a personal token for a script. The answer is the only one that shows it.', {
      body: draft,
      made: newTokenSchema,
      errors: [401, 403, 409, 429],
    }),
    async (c) => {
      const { db, limits, now, sessionTokens } = c.var.app
      const { write } = c.var
      const me = inPerson(c)
      const wishes = await input(c, draft, (form) => <TokenForm {...form} role={me.role} />)
      check(wishes, me, now())
      const hash = await limits.attempt([['signInsOfHandle', me.handle]], () =>
        requireProof(db, me, wishes.password, now()),
      )
      const { name, expiresAt, endsWithPassword } = wishes
      const scopes = SCOPES.filter((scope) => wishes.scopes.includes(scope))
      const wanted = { name, scopes, expiresAt, passkeyAt: me.passkeyAt, outlivesPassword: !endsWithPassword }
      const made = await write((tx) => createPersonalToken(tx, me.id, wanted, hash, now()))
      const token = await sessionTokens.sign(made)
      c.header('location', `${c.var.format === 'json' ? '/api' : ''}/tokens/${made.id}`)
      return replySecret(
        c,
        { json: () => ({ ...toJson(made), token }), page: () => <NewTokenPage name={name} token={token} /> },
        201,
      )
    },
  )
  .delete('/:id', api('Revoke a personal token.', { errors: [401, 403] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = inPerson(c)
    const id = idParam(c)
    await write((tx) => endPersonalToken(tx, me.id, id, now()))
    return replyGone(c, '/tokens')
  })
