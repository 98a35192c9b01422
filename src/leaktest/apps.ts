import type { Scope } from '../../shapes/tokens'
import { registerApp } from '../oauth/apps'
import { startGrant } from '../sessions/app-grants'
import { pathsOf } from './addresses'
import { namesOf } from './bytes'
import { examine } from './examine'
import { linkOf } from './links'
import { type Kind, NOBODY, type Somebody } from './people'
import { ask, type Scene } from './scene'

const DOOR = 'apps without the scope'
/** The kinds of people who get the most to see, so that a token of theirs has the most to lose. */
const KINDS: Kind[] = ['moderator', 'buyer', 'owner']

/**
 * Requests every address with the tokens of an app that may change things but not read, which must get no more than
 * nobody, and of one that may read but not use the staff desk.
 */
export async function tryApps(scene: Scene): Promise<void> {
  for (const kind of KINDS) {
    const who = scene.people.find((each) => each.kind === kind)
    if (!who?.id) continue
    const [blind, reader] = [await tokenOf(scene, who.id, ['write', 'coins']), await tokenOf(scene, who.id, ['read'])]
    const seen = new Set<string>()
    for (const { pattern, path } of pathsOf(scene)) {
      scene.findings.tried(DOOR, who)
      const answer = await askAs(scene, blind, path || '/')
      const found = { ...NOBODY, kind, handle: who.handle }
      await examine(scene, found, DOOR, path, answer, seen)
      if (/^(\/api)?\/admin(\/|$)/.test(pattern) && (await askAs(scene, reader, path)).status < 300)
        scene.findings.leak(DOOR, who, `${path} opened for a token with the scope read`)
    }
    await tryLinksOf(scene, who, blind)
  }
}

/** Tries the person's own links to pictures with a token that may not read. */
async function tryLinksOf(scene: Scene, who: Somebody, blind: string) {
  for (const file of scene.files) {
    const [name] = namesOf(file, 'full')
    if (!name || !scene.rules.mayHave(who, file.id, 'full')) continue
    const { status } = await askAs(scene, blind, linkOf(scene, who, file.id, name))
    if (status < 400) scene.findings.leak(DOOR, who, `file ${file.id}: ${name} opened for a token that may not read`)
  }
}

/** The access token of an app that a person allowed these scopes. */
async function tokenOf({ app }: Scene, userId: number, scopes: Scope[]): Promise<string> {
  const draft = { name: 'leak test', redirectUris: ['https://leaktest.invalid/'], confidential: false }
  const grant = await app.write(async (tx) => {
    const made = await registerApp(tx, null, draft, app.now())
    return startGrant(tx, made.app, { userId, scopes, passkeyAt: null }, app.now())
  })
  return app.sessionTokens.sign(grant)
}

const askAs = (scene: Scene, token: string, path: string) =>
  ask(scene, NOBODY, path, { authorization: `Bearer ${token}` })
