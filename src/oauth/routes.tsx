import { Hono } from 'hono'
import { allowedAppSchema, appDraftSchema, appSchema, newAppSchema } from '../../shapes/apps'
import { object } from '../../shapes/object'
import { AllowedAppsPage, AllowedAppsPart } from '../../views/oauth/allowed'
import { AppForm, AppsPage, AppsPart, NewAppPage } from '../../views/oauth/apps'
import type { Env } from '../context'
import { api } from '../http/api'
import { idParam, input } from '../http/input'
import { nextLink, wanted } from '../http/list'
import { reply, replyGone, replySecret } from '../http/reply'
import { inPerson } from '../http/scopes'
import { viewer } from '../http/viewer'
import { invalidFields } from '../problem'
import { disallowApp, listAllowedApps } from '../sessions/app-grants'
import { listOwnApps, registerApp, removeApp, replaceSecret } from './apps'
import { authorize } from './authorize-routes'
import { allowedAppJson, appJson } from './json'
import { isRedirectUri } from './redirects'
import { appCalls } from './token-routes'

const emptyBody = object(() => ({}))

function checkAddresses(redirectUris: string[]) {
  if (redirectUris.every(isRedirectUri)) return
  throw invalidFields({
    path: 'redirectUris',
    message: 'Use https, http on this machine (127.0.0.1), or a scheme of the app like org.example.app.',
  })
}

/** Apps of other people: how they sign in, what members allowed them, and how they are registered. */
export const oauth = new Hono<Env>()
  .route('/authorize', authorize)
  .route('/', appCalls)
  .get(
    '/grants',
    api('List the apps that you allow to act for you.', { lists: allowedAppSchema, errors: [401] }),
    async (c) => {
      const { db, now } = c.var.app
      const items = (await listAllowedApps(db, viewer(c).id, now())).map(allowedAppJson)
      return reply(c, {
        json: () => ({ items, nextCursor: null }),
        part: () => <AllowedAppsPart apps={items} />,
        page: () => <AllowedAppsPage apps={items} />,
      })
    },
  )
  .delete(
    '/grants/:id',
    api('Take back what you allowed an app, by the id of the app. It is signed out at once.', { errors: [401, 403] }),
    async (c) => {
      const { now } = c.var.app
      const me = inPerson(c)
      const id = idParam(c)
      await c.var.write((tx) => disallowApp(tx, me.id, id, now()))
      return replyGone(c, '/oauth/grants')
    },
  )
  .get('/apps', api('List the apps that you registered.', { lists: appSchema, errors: [401] }), async (c) => {
    const page = await listOwnApps(c.var.app.db, viewer(c).id, wanted(c))
    const next = nextLink(c, page)
    const apps = page.items.map(appJson)
    return reply(c, {
      json: () => ({ ...page, items: apps }),
      part: () => <AppsPart apps={apps} next={next} />,
      page: () => <AppsPage apps={apps} next={next} />,
    })
  })
  .post(
    '/apps',
    api('Register an app that you make. The answer is the only one that shows its secret.', {
      body: appDraftSchema,
      made: newAppSchema,
      errors: [401, 403, 409],
    }),
    async (c) => {
      const { now } = c.var.app
      const me = inPerson(c)
      const draft = await input(c, appDraftSchema, (form) => <AppForm {...form} />)
      checkAddresses(draft.redirectUris)
      const { app, secret } = await c.var.write((tx) => registerApp(tx, me.id, draft, now()))
      c.header('location', `${c.var.format === 'json' ? '/api' : ''}/oauth/apps/${app.id}`)
      return replySecret(
        c,
        {
          json: () => ({ ...appJson(app), clientSecret: secret }),
          page: () => <NewAppPage app={appJson(app)} secret={secret} />,
        },
        201,
      )
    },
  )
  .put(
    '/apps/:id/secret',
    api('Replace the secret of an app that you registered. The former one ends at once.', {
      body: emptyBody,
      answers: newAppSchema,
      errors: [401, 403, 404],
    }),
    async (c) => {
      const me = inPerson(c)
      const id = idParam(c)
      await input(c, emptyBody)
      const { app, secret } = await c.var.write((tx) => replaceSecret(tx, me.id, id))
      return replySecret(c, {
        json: () => ({ ...appJson(app), clientSecret: secret }),
        page: () => <NewAppPage app={appJson(app)} secret={secret} />,
      })
    },
  )
  .delete(
    '/apps/:id',
    api('Remove an app that you registered. It is signed out everywhere at once.', { errors: [401, 403] }),
    async (c) => {
      const { now } = c.var.app
      const me = inPerson(c)
      const id = idParam(c)
      await c.var.write((tx) => removeApp(tx, me.id, id, now()))
      return replyGone(c, '/oauth/apps')
    },
  )
