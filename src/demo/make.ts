import { basename } from 'node:path'
import type { Locale } from '../../shapes/locales'
import { grantCoins } from '../coins/model'
import { tip } from '../coins/tips/model'
import { collect, createCollection } from '../collections/model'
import type { App } from '../context'
import { follow } from '../follows/model'
import { handlers } from '../handlers'
import { LANES, type Lane } from '../jobs/kinds'
import { runNext } from '../jobs/loop'
import { buy } from '../library/buy'
import type { Person } from '../ports/people'
import { writeComment } from '../posts/comments/model'
import { like } from '../posts/likes/model'
import { pin } from '../posts/pins/model'
import { createPost } from '../posts/publish'
import { changeSettings } from '../settings/model'
import { takeIn } from '../uploads/from-disk'
import { changeAccount } from '../users/account'
import { createUser } from '../users/model'
import { hashPassword } from '../users/password'
import { type DemoPerson, people, siteName, timeZone } from './people'
import { type DemoPost, posts } from './posts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The clock of the demo, which goes from the past to now. */
export type DemoClock = { now(): Date; moveTo(time: number): void }

/** A clock that begins `daysAgo` days ago. It only moves forward, and not past the real time. */
export function demoClock(daysAgo: number): DemoClock {
  let time = Date.now() - daysAgo * DAY
  return {
    now: () => new Date(time),
    moveTo: (later) => {
      time = Math.max(time + 1, Math.min(later, Date.now()))
    },
  }
}

/** All that a demo shows, in the order of the posts. */
export const picturesOfDemo = (): string[] => [
  ...people.map(({ face }) => face),
  ...posts.flatMap(({ shows }) => shows),
]

export type Making = {
  clock: DemoClock
  locale: Locale
  password: string
  /** Resolves with the path of a picture, once it is painted. */
  painted: (name: string) => Promise<string>
}

/**
 * Fills an empty community in the way that its people would have: they join, follow each other, post, like and comment, one
 * after the other, with every rule and every job of the product.
 */
export async function makeDemo(app: App, making: Making): Promise<void> {
  const { write, config } = app
  const { clock, locale } = making
  const settings = {
    siteName: siteName[locale],
    ...(!config.fixed.locale && { locale }),
    ...(!config.fixed.timeZone && timeZone[locale] && { timeZone: timeZone[locale] }),
  }
  await write((tx) => changeSettings(tx, settings, config))
  const who = new Map<string, Person>()
  const someone = (handle: string) => who.get(handle)!
  const passwordHash = await hashPassword(making.password)
  const start = Date.now()
  const ids: number[] = [] // of the posts, in their order
  const at = (daysAgo: number) => clock.moveTo(start - daysAgo * DAY)

  const events = [
    ...people.map((person) => ({ daysAgo: person.joined, run: () => join(person) })),
    ...posts.map((post) => ({ daysAgo: post.daysAgo, run: () => publish(post) })),
  ].sort((a, b) => b.daysAgo - a.daysAgo)
  for (const { daysAgo, run } of events) {
    at(daysAgo)
    await run()
    await runJobs(app)
  }
  await finish()
  await runJobs(app)

  async function join(person: DemoPerson) {
    const { handle, name, bio, face, role = 'member' } = person
    const user = await write((tx) =>
      createUser(tx, { handle, displayName: name[locale], role, passwordHash, asks: locale }, clock.now()),
    )
    const file = await takeIn(app, user, { name: `${face}.jpg`, from: await making.painted(face) })
    await write((tx) =>
      changeAccount(tx, user, { avatarFileId: file.id, bio: bio[locale], locale }, clock.now(), locale),
    )
    await runJobs(app)
    who.set(handle, user)
    await write((tx) => grantCoins(tx, null, user, { coins: 100, note: WELCOME[locale] }, clock.now()))
    // those who came before follow somebody who is new
    for (const { handle: other, follows } of people) {
      if (!who.has(other)) continue
      if (follows.includes(handle)) await meet(other, handle)
      if (other !== handle && person.follows.includes(other)) await meet(handle, other)
    }
  }

  async function meet(follower: string, followee: string) {
    clock.moveTo(+clock.now() + 7 * MINUTE)
    await write((tx) => follow(tx, someone(follower), someone(followee), undefined, clock.now()))
  }

  async function publish({ by, shows, text, likes, comments = [], price = 0, buyers = [], ...post }: DemoPost) {
    const author = someone(by)
    const fileIds: number[] = []
    for (const name of shows) {
      const from = await making.painted(name)
      fileIds.push((await takeIn(app, author, { name: basename(from), from })).id)
    }
    await runJobs(app) // so that the post is published at this time, when all its files are ready
    const draft = {
      caption: text[locale],
      price,
      visibility: post.visibility ?? 'everyone',
      sensitive: false,
      adultsOnly: false,
    } as const
    const id = await write((tx) =>
      createPost(tx, author, { ...draft, fileIds, publishAt: null }, { now: clock.now(), crowd: config.crowd }),
    )
    ids.push(id)
    await runJobs(app)
    if (post.pinned) await write((tx) => pin(tx, author, id, clock.now()))
    await react(id, { likes, comments, price, buyers })
  }

  async function react(
    id: number,
    { likes, comments, price, buyers }: Required<Pick<DemoPost, 'likes' | 'comments' | 'price' | 'buyers'>>,
  ) {
    const later = (minutes: number) => clock.moveTo(+clock.now() + minutes * MINUTE)
    for (const [i, handle] of buyers.entries()) {
      if (!who.has(handle)) continue
      later(3 + i)
      await write((tx) => buy(tx, someone(handle), id, { price }, clock.now()))
    }
    for (const [i, handle] of likes.entries()) {
      if (!who.has(handle)) continue
      later(1 + ((i * 7) % 5))
      await write((tx) => like(tx, someone(handle), id, clock.now()))
    }
    let last: number | null = null
    for (const { by, text, answers } of comments) {
      if (!who.has(by)) continue
      later(4)
      const parentId: number | null = answers ? last : null
      last = await write((tx) => writeComment(tx, someone(by), id, { text: text[locale], parentId }, clock.now()))
    }
  }

  /** Things that people do with what is there. */
  async function finish() {
    const mina = someone('mina')
    const saved: [name: Record<Locale, string>, places: number[]][] = [
      [{ en: 'Far away', ko: '멀리' }, [0, 8, 13, 17]],
      [{ en: 'For the kitchen wall', ko: '부엌 벽에' }, [7, 15, 21]],
    ]
    for (const [name, places] of saved) {
      const collection = await write((tx) => createCollection(tx, mina, name[locale], clock.now()))
      for (const place of places)
        await write((tx) => collect(tx, mina, collection, ids[place]!, new Date(+clock.now() + place)))
    }
    for (const [from, to, coins, note] of TIPS)
      await write((tx) =>
        tip(tx, someone(from), someone(to), { coins, note: note[locale], feePercent: 0 }, clock.now()),
      )
  }
}

const WELCOME: Record<Locale, string> = { en: 'Welcome to the street', ko: '골목에 오신 것을 환영해요' }

const TIPS: [from: string, to: string, coins: number, note: Record<Locale, string>][] = [
  ['noa', 'leo', 15, { en: 'For the cold fingers', ko: '언 손가락을 위해' }],
  ['yuri', 'mina', 10, { en: 'For getting up early', ko: '일찍 일어난 값' }],
]

/** Runs what is due until nothing is, as the server does it at leisure. */
async function runJobs(app: App): Promise<void> {
  for (let ran = true; ran; ) {
    ran = false
    for (const lane of Object.keys(LANES) as Lane[]) while (await runNext(app, lane, { handlers })) ran = true
  }
}
