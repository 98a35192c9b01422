import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { creationOptionsSchema } from '../../shapes/passkeys'
import { postSchema } from '../../shapes/posts'
import { MOST_QUERY } from '../../shapes/search'
import { userSchema } from '../../shapes/users'
import { FollowersPart, UsersPage, UsersPart } from '../../views/users/list'
import { PeoplePage } from '../../views/users/near'
import { QrPage } from '../../views/users/qr'
import { SignUpForm, SignUpPage, WaitingPage } from '../../views/users/sign-up'
import type { Env } from '../context'
import { wordsOf } from '../db/search-text'
import { listFollowers, listFollowing } from '../follows/model'
import { api } from '../http/api'
import { limitKeyOf, originOf } from '../http/client'
import { input } from '../http/input'
import { nextLink, wanted, wantedOfTime } from '../http/list'
import { localeOf, translateOf } from '../http/locale'
import { passkeyHindrance, passkeyPlace } from '../http/passkey-place'
import { reply, replyChanged } from '../http/reply'
import { viewerContextOf } from '../http/viewer-context'
import { findInvite, inviterOf } from '../invites/model'
import { listPostsOf } from '../posts/feed'
import { postJson } from '../posts/json'
import { listPinned } from '../posts/pins/model'
import { ATOM_FEED, feedOf, requirePublic } from '../posts/public'
import { invalidFields } from '../problem'
import { signIn } from '../sessions/identify'
import { judgeTexts, namesIn } from '../words/judge-texts'
import { account } from './account-routes'
import { emailNeeded, mustConfirm, needsEmail, requireAllowedDomain } from './email-rules'
import { draftSchema } from './fields'
import { searchPeople, suggestPeople } from './found'
import { userJson } from './json'
import { findSeen, handleTaken, isHandleTaken } from './model'
import { checkRegistration, creationOptions } from './passkeys/ceremony'
import { registrationIn } from './passkeys/fields'
import { addPasskey } from './passkeys/model'
import { hashPassword } from './password'
import { profile } from './profile-routes'
import { resets } from './resets-routes'
import { signUp } from './sign-up'
import { verifications } from './verifications-routes'

const joinedSchema = object(() => ({
  ...userSchema.shape,
  waiting: z.boolean().describe('Whether the staff have to approve the person before they can sign in.'),
}))

const newcomer = object(() => ({ handle: draftSchema.shape.handle, displayName: draftSchema.shape.displayName }))

async function people(c: Context<Env>) {
  const { db } = c.var.app
  const viewerContext = viewerContextOf(c)
  const near = c.req.query('near') ?? ''
  if ([...near].length > MOST_QUERY)
    throw invalidFields({ path: 'near', message: 'A search can have at most 100 characters.' })
  const words = wordsOf(near)
  const page = await (near
    ? searchPeople(db, viewerContext.viewer, words, wanted(c))
    : suggestPeople(db, viewerContext.viewer, wanted(c)))
  const next = nextLink(c, page)
  const users = page.items.map((user) => userJson(user, viewerContext))
  return reply(c, {
    json: () => ({ ...page, items: users }),
    part: () => <UsersPart users={users} next={next} />,
    page: () => <PeoplePage near={near} users={users} next={next} />,
  })
}

const noPassword = { path: 'password', message: 'A password needs at least 10 characters.' }

/** The fields that the form asks for besides the name: an address and a passkey, where they are of use. */
function signUpNeeds(c: Context<Env>) {
  const { mailer, settings } = c.var.app
  const needed = needsEmail(settings()) || mustConfirm(settings(), !!mailer)
  const email = needed ? ('needed' as const) : mailer ? ('offered' as const) : ('hidden' as const)
  return { email, passkeys: !passkeyHindrance(c) }
}

/** Checks the passkey with which somebody signs up in place of a password. */
async function checkNewPasskey(c: Context<Env>, given: unknown) {
  const { challenges } = c.var.app
  const asked = { challenges, use: 'join', place: passkeyPlace(c) } as const
  return (await checkRegistration(registrationIn(given, 'passkey'), asked)).made
}

export const users = new Hono<Env>()
  .route('/account', account)
  .route('/resets', resets)
  .route('/verifications', verifications)
  .get(
    '/',
    api('Find people to mention or follow.', {
      lists: userSchema,
      query: { near: 'A part of a name or handle. Without it, the people to follow who have most followers.' },
      errors: [422],
    }),
    people,
  )
  .get('/new', async (c) => {
    const { db, links, now, settings } = c.var.app
    const invite = c.req.query('invite')
    const found = invite ? await findInvite(db, await links.read('invite', invite), now()) : null
    const inviter = found && (await inviterOf(db, found))
    const { registration } = settings()
    return reply(c, {
      json: () => ({ registration }),
      page: () => (
        <SignUpPage
          {...(invite && { invite })}
          {...(inviter && { inviter })}
          registration={registration}
          {...signUpNeeds(c)}
        />
      ),
    })
  })
  .get('/new/waiting', (c) => reply(c, { json: () => ({}), page: () => <WaitingPage /> }))
  .post(
    '/passkeys/options',
    api('Get what `navigator.credentials.create` needs to sign up with a passkey.', {
      body: newcomer,
      answers: creationOptionsSchema,
      errors: [409],
    }),
    async (c) => {
      const { db, challenges, settings } = c.var.app
      const place = passkeyPlace(c)
      const { handle, displayName } = await input(c, newcomer)
      if (await isHandleTaken(db, handle)) throw handleTaken()
      const who = { handle, displayName: displayName || handle }
      return c.json(await creationOptions(place, settings().siteName, who, await challenges.sign('join')))
    },
  )
  .post('/', api('Sign up.', { body: draftSchema, made: joinedSchema, errors: [403, 409, 410, 429] }), async (c) => {
    const { now, limits, links, settings, pages, mailer } = c.var.app
    const { write } = c.var
    const {
      password,
      passkey,
      invite,
      agree: agrees,
      timeZone = null,
      ...draft
    } = await input(c, draftSchema, (form) => (
      <SignUpForm
        {...form}
        {...(form.values?.invite ? { invite: String(form.values.invite) } : {})}
        {...signUpNeeds(c)}
      />
    ))
    const asked = pages().agreedAfter !== null
    if (asked && !agrees)
      throw invalidFields({ path: 'agree', message: 'Please read and agree to the rules of this community.' })
    if (draft.email) requireAllowedDomain(draft.email, settings(), translateOf(c))
    else if (needsEmail(settings())) throw emailNeeded(translateOf(c))
    const flagged = judgeTexts(c, namesIn(draft))
    if (!password && !passkey) throw invalidFields(noPassword)
    await limits.take('signUps', limitKeyOf(c))
    const made = passkey ? await checkNewPasskey(c, passkey) : undefined
    const door = {
      registration: settings().registration,
      inviteId: invite ? ((await links.read('invite', invite)) ?? -1) : undefined,
    }
    const passwordHash = password ? await hashPassword(password) : ''
    const joining = {
      timeZone: timeZone === settings().timeZone ? null : timeZone,
      agreedAt: asked ? now() : null,
      waitingAt: settings().approval ? now() : null,
      mustConfirm: mustConfirm(settings(), !!mailer),
    }
    const user = await write(async (tx) => {
      const user = await signUp(tx, { ...draft, ...joining, asks: localeOf(c), passwordHash }, door, now(), flagged)
      if (made) await addPasskey(tx, user, made, 'Passkey 1', now(), { isNew: true })
      return user
    })
    const waits = joining.waitingAt !== null
    if (c.var.format !== 'json' && !waits) await signIn(c, user)
    const json = () => ({ ...userJson(user, viewerContextOf(c, user)), waiting: waits })
    return replyChanged(c, { json }, waits ? '/users/new/waiting' : '/', { made: `/users/${user.handle}` })
  })
  .get('/:handle', api('Get a profile.', { answers: userSchema, errors: [404] }), (c) =>
    profile(c, c.req.param('handle')),
  )
  .get(
    '/:handle/posts',
    api('List the posts of a member, newest first.', { lists: postSchema, dated: true, errors: [404] }),
    (c) => profile(c, c.req.param('handle')),
  )
  .get('/:handle/pins', api('List the pinned posts of a member.', { lists: postSchema, errors: [404] }), async (c) => {
    const { db } = c.var.app
    const viewerContext = viewerContextOf(c)
    const user = await findSeen(db, viewerContext.viewer, c.req.param('handle'))
    const rows = await listPinned(db, viewerContext.viewer, user)
    const posts = rows.map((row) => postJson(row, viewerContext))
    const at = `/users/${user.handle}`
    return c.var.format === 'json'
      ? reply(c, { json: () => ({ items: posts, nextCursor: null }), page: () => <></> })
      : c.redirect(at, 303)
  })
  .get(
    '/:handle/qr',
    api('Get the address of a profile.', { answers: object(() => ({ url: z.string() })), errors: [404] }),
    async (c) => {
      const viewerContext = viewerContextOf(c)
      const user = userJson(await findSeen(c.var.app.db, viewerContext.viewer, c.req.param('handle')), viewerContext)
      const url = `${originOf(c)}/users/${user.handle}`
      return reply(c, { json: () => ({ url }), page: () => <QrPage user={user} url={url} /> })
    },
  )
  .get(
    '/:handle/feed.xml',
    api('Get an Atom feed of somebody’s posts, in public communities.', ATOM_FEED),
    async (c) => {
      requirePublic(c)
      const { db } = c.var.app
      const user = await findSeen(db, c.var.viewer, c.req.param('handle'))
      const page = await listPostsOf(db, null, user, { limit: 20, cursor: null })
      return feedOf(c, { title: user.displayName, path: `/users/${user.handle}`, rows: page.items })
    },
  )
  .get(
    '/:handle/:list{followers|following}',
    api('List the followers of a member, or the people they follow.', {
      lists: userSchema,
      dated: true,
      params: { list: z.enum(['followers', 'following']) },
      errors: [404],
    }),
    async (c) => {
      const { db } = c.var.app
      const viewerContext = viewerContextOf(c)
      const user = await findSeen(db, viewerContext.viewer, c.req.param('handle'))
      const followers = c.req.param('list') === 'followers'
      const page = await (followers ? listFollowers : listFollowing)(db, viewerContext.viewer, user, wantedOfTime(c))
      const next = nextLink(c, page)
      const list = page.items.map((each) => userJson(each, viewerContext))
      const mine = followers && user.id === viewerContext.viewer?.id
      const { t } = viewerContext
      const who = { name: user.displayName }
      const title = followers ? t('Followers of {name}', who) : t('Followed by {name}', who)
      const empty = followers ? t('{name} has no followers yet.', who) : t('{name} is not following anyone yet.', who)
      return reply(c, {
        json: () => ({ ...page, items: list }),
        part: () => (mine ? <FollowersPart users={list} next={next} /> : <UsersPart users={list} next={next} />),
        page: () => (
          <UsersPage title={title} empty={empty} back={`/users/${user.handle}`} users={list} next={next} mine={mine} />
        ),
      })
    },
  )
