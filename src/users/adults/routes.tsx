import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type AgeJson, ageSchema } from '../../../shapes/age'
import { later, object } from '../../../shapes/object'
import { AgeForm, AgePage } from '../../../views/users/adults/age'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { inPerson } from '../../http/scopes'
import { viewer } from '../../http/viewer'
import type { Account } from '../../ports/people'
import { invalidFields, Problem } from '../../problem'
import { isoIn } from '../../time-zone'
import { adultFrom, confirmByBirthday, forgetAdult } from './model'

const HERE = '/users/account/age'
const birthDate = later(() =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, 'Enter a day like 1990-12-31.')
    .refine((text) => new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text, 'Enter a day like 1990-12-31.')
    .meta({ format: 'date' })
    .describe('Your date of birth, which is not stored.'),
)
const schema = object(() => ({ birthDate: birthDate() }))

/** People who are older than this mistyped the year. */
const OLDEST = 130

function jsonOf(c: Context<Env>, me: Pick<Account, 'adultAt' | 'adultFrom'>): AgeJson {
  const { settings, now } = c.var.app
  const { adultAge, adultBy, ageProof } = settings()
  const tooYoung = !me.adultAt && me.adultFrom && me.adultFrom > now()
  return {
    confirmedAt: me.adultAt?.toISOString() ?? null,
    adultFrom: tooYoung ? me.adultFrom!.toISOString() : null,
    adultAge,
    adultBy,
    proof: ageProof,
  }
}

function refuseImpossible(c: Context<Env>, birthDate: string) {
  const { settings, now } = c.var.app
  const today = isoIn(now(), settings().timeZone).slice(0, 10)
  if (birthDate > today || Number(birthDate.slice(0, 4)) < Number(today.slice(0, 4)) - OLDEST)
    throw invalidFields({ path: 'birthDate', message: 'This cannot be a date of birth.' })
}

export const age = new Hono<Env>()
  .get('/', api('Get whether you have confirmed your age.', { answers: ageSchema, errors: [401] }), (c) => {
    const json = jsonOf(c, viewer(c))
    return reply(c, { json: () => json, page: () => <AgePage age={json} /> })
  })
  .put(
    '/',
    api('Confirm your age by your date of birth, to see posts for adults.', {
      body: schema,
      answers: ageSchema,
      errors: [401, 403, 409],
    }),
    async (c) => {
      const { settings, now } = c.var.app
      const me = inPerson(c)
      const { birthDate } = await input(c, schema, (form) => <AgeForm age={jsonOf(c, me)} {...form} />)
      refuseImpossible(c, birthDate)
      const young = await c.var.write((tx) => {
        const rule = settings() // read here, since the host may have changed the rule while the request waited
        if (rule.ageProof === 'staff' && !me.adultAt)
          throw new Problem('conflict', 'The staff confirm ages in this community. Please ask them.', {
            code: 'staff_confirm',
          })
        return confirmByBirthday(tx, me, adultFrom(birthDate, rule), now())
      })
      if (young && c.var.format === 'json')
        throw new Problem('forbidden', 'You are too young for posts for adults.', { code: 'too_young' })
      const state = young ? { adultAt: null, adultFrom: young } : { adultAt: me.adultAt ?? now(), adultFrom: null }
      return replyChanged(c, { json: () => jsonOf(c, state) }, HERE)
    },
  )
  .delete('/', api('Take back that you confirmed your age.', { errors: [401] }), async (c) => {
    const { now } = c.var.app
    const me = inPerson(c)
    await c.var.write((tx) => forgetAdult(tx, me, now()))
    return replyGone(c, HERE, { leave: true })
  })
