import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { later, object } from '../../../shapes/object'
import { creationOptionsSchema, passkeySchema } from '../../../shapes/passkeys'
import { nameField } from '../../../shapes/text'
import { AddPasskeyForm, PasskeysPage, PasskeysPart } from '../../../views/users/passkeys/list'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { originOf } from '../../http/client'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { passkeyHindrance, passkeyPlace } from '../../http/passkey-place'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { inPerson } from '../../http/scopes'
import { viewer } from '../../http/viewer'
import { Problem } from '../../problem'
import { requireProof } from '../proof'
import { checkRegistration, creationOptions } from './ceremony'
import { registrationField, registrationIn } from './fields'
import { addPasskey, listPasskeys, passkeyJson, passkeysAt, removePasskey, renamePasskey } from './model'

const HERE = '/users/account/passkeys'
const nameOf = later(() => nameField({ max: 60, empty: 'Enter a name by which you will recognize the passkey.' }))
const proof = object(() => ({
  password: z.string().max(200).optional().describe('Not needed within ten minutes of using a passkey.'),
}))
const draft = object(() => ({ name: nameOf().optional(), response: registrationField() }))
const rename = object(() => ({ name: nameOf() }))

const hostOf = (c: Context<Env>) => new URL(originOf(c)).hostname

export const passkeys = new Hono<Env>()
  .get('/', api('List your passkeys.', { lists: passkeySchema, errors: [401] }), async (c) => {
    const page = await listPasskeys(c.var.app.db, viewer(c), wanted(c))
    const next = nextLink(c, page)
    const items = page.items.map((row) => passkeyJson(row, hostOf(c)))
    const hindrance = passkeyHindrance(c)
    const place = { host: hostOf(c), origin: originOf(c), ...(hindrance && { hindrance }) }
    return reply(c, {
      json: () => ({ ...page, items }),
      part: () => <PasskeysPart passkeys={items} next={next} />,
      page: () => <PasskeysPage passkeys={items} next={next} {...place} />,
    })
  })
  .post(
    '/options',
    api('Get what `navigator.credentials.create` needs to make a passkey for you.', {
      body: proof,
      answers: creationOptionsSchema,
      errors: [401, 403, 409, 429],
    }),
    async (c) => {
      const { db, challenges, limits, now, settings } = c.var.app
      const me = inPerson(c)
      const place = passkeyPlace(c)
      const { password } = await input(c, proof)
      await limits.attempt([['signInsOfHandle', me.handle]], () => requireProof(db, me, password, now()))
      const known = await passkeysAt(db, me, place.host)
      return c.json(await creationOptions(place, settings().siteName, me, await challenges.sign('add', me.id), known))
    },
  )
  .post(
    '/',
    api('Add a passkey with the answer of the device.', {
      body: draft,
      made: passkeySchema,
      errors: [401, 403, 409],
    }),
    async (c) => {
      const { challenges, now } = c.var.app
      const { write } = c.var
      const me = inPerson(c)
      const place = passkeyPlace(c)
      const { name, response } = await input(c, draft, (form) => <AddPasskeyForm {...form} />)
      const { made, challenge } = await checkRegistration(registrationIn(response), { challenges, use: 'add', place })
      if (challenge.userId !== me.id)
        throw new Problem('forbidden', 'This was started by another member. Please start again.')
      const passkey = await write((tx) => addPasskey(tx, me, made, name ?? `Passkey ${me.passkeys + 1}`, now()))
      return replyChanged(c, { json: () => passkeyJson(passkey, place.host) }, HERE, { made: `${HERE}/${passkey.id}` })
    },
  )
  .patch(
    '/:id',
    api('Rename a passkey.', { body: rename, answers: passkeySchema, errors: [401, 403, 404] }),
    async (c) => {
      const { write } = c.var
      const [me, id] = [inPerson(c), idParam(c)]
      const { name } = await input(c, rename)
      const passkey = await write((tx) => renamePasskey(tx, me, id, name))
      return replyChanged(c, { json: () => passkeyJson(passkey, hostOf(c)) }, HERE)
    },
  )
  .delete('/:id', api('Remove a passkey.', { errors: [401, 403, 409] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const [me, id] = [inPerson(c), idParam(c)]
    await write((tx) => removePasskey(tx, me, id, now()))
    return replyGone(c, HERE)
  })
