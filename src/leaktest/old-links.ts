import { revokeFiles } from '../files/model'
import { endSession } from '../sessions/model'
import { raiseEpoch } from '../users/model'
import { namesOf } from './bytes'
import { chunks } from './chunks'
import { holdRequests } from './held'
import { linkOf, mustOpen, mustStayShut } from './links'
import type { Somebody } from './people'
import { ask, holders, type Scene } from './scene'

/** Longer than the twelve hours that a link can live. */
const PAST_ALL_MS = 12 * 3600_000 + 1000

type Right = { who: Somebody; file: number; name: string }

/**
 * Tries links that used to work: links that expired, links that ended with their file or their person, and links of
 * ended sessions. Each time it first checks that the link opens, and afterwards that a new link does.
 */
export async function tryOldLinks(scene: Scene, pass: (ms: number) => void): Promise<void> {
  const { app } = scene
  const rights = rightsOf(scene)
  const people = [...new Set(rights.map(({ who }) => who))]
  const each = async (door: string, change: () => Promise<unknown>) => {
    const links = rights.map((right) => ({ ...right, link: linkOf(scene, right.who, right.file, right.name) }))
    for (const { who, file, name } of rights) await mustOpen(scene, 'their own link', who, file, name)
    await change()
    for (const { who, file, link } of links) await mustStayShut(scene, door, who, file, link)
  }
  await each('an expired link', async () => pass(PAST_ALL_MS))
  await each('a link ended with its file', async () => {
    for (const ids of chunks([...new Set(rights.map(({ file }) => file))], 500))
      await app.write((tx) => revokeFiles(tx, ids, app.now()))
  })
  await each('a link ended with its person', () =>
    Promise.all(people.map(({ id }) => app.write((tx) => raiseEpoch(tx, id!, app.now())))),
  )
  for (const { who, file, name } of rights) await mustOpen(scene, 'their own link', who, file, name)
  await signOut(scene, rights, people)
}

/** Ends the sessions. This comes last, because these people cannot request anything afterwards. */
async function signOut(scene: Scene, rights: Right[], people: Somebody[]) {
  const { findings } = scene
  const door = 'an ended session'
  await endWhileAsking(scene, people)
  for (const { who, file, name } of rights) await mustStayShut(scene, door, who, file, linkOf(scene, who, file, name))
  for (const who of people) {
    findings.tried(door, who)
    const { status } = await ask(scene, who, '/api/users/account')
    if (status < 400) findings.leak(door, who, '/api/users/account')
  }
}

/** How many people have a request under way while their sessions end. */
const ASKING = 50

/** Ends all sessions while requests are under way, which must not be answered with the authority they began with. */
async function endWhileAsking(scene: Scene, people: Somebody[]) {
  const { app, findings } = scene
  const door = 'a request from before their session ended'
  const asking = people.slice(0, ASKING)
  await holdRequests(scene, asking, async (held) => {
    for (const { who, finish } of held)
      if ((await finish()) >= 400) findings.shut(door, who, 'a request that was sent slowly')
  })
  await holdRequests(scene, asking, async (held) => {
    for (const { id, token } of people) {
      const claims = await app.sessionTokens.read(token)
      if (claims) await app.write((tx) => endSession(tx, id!, claims.sessionId, app.now()))
    }
    for (const { who, finish } of held) {
      findings.tried(door, who)
      if ((await finish()) < 400) findings.leak(door, who, 'their account')
    }
  })
}

/**
 * Lists a link of each file for each person who may have it. Links for everyone are left out, because they belong to
 * nobody.
 */
function rightsOf(scene: Scene): Right[] {
  return scene.files.flatMap((file) => {
    const [name] = namesOf(file, 'full')
    const signedIn = holders(scene, file.id).filter(({ id }) => id !== null)
    return name ? signedIn.map((who) => ({ who, file: file.id, name })) : []
  })
}
