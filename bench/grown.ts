import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { roundsInTurns, type Target, warmUp } from './load'
import { LARGE, MEDIUM, makeNetwork, type Size, SMALL } from './network'
import type { Result } from './result'
import { compareRounds } from './rounds'
import { startPinhole } from './server'

const ROUNDS = 3

/** The pages that members open most. Each shows about as much in every network. */
const PAGES: Record<string, string> = {
  'main page, JSON': '/api/posts',
  'main page, HTML': '/',
  'a later page': '/api/posts?cursor=LATER',
  'inbox, JSON': '/api/inbox',
  'inbox, HTML': '/inbox',
  'a post': '/posts/POST',
  'a profile': '/users/member_2',
  'posts of a person': '/api/users/member_2/posts',
  library: '/library',
  notifications: '/notifications',
  wallet: '/coins',
}

/** The pages of a community with 10,000 people, 200,000 posts and 5 million inbox rows, against those of a small one. */
export const medium = () => compareSizes('medium', MEDIUM)

/** The same with 100,000 people, 2 million posts and 50 million inbox rows. It takes minutes and 10 GB of disk. */
export const large = () => compareSizes('large', LARGE)

async function compareSizes(name: string, size: Size): Promise<Result[]> {
  const [few, many] = [mkdtempSync(join(tmpdir(), 'pinhole-bench-')), mkdtempSync(join(tmpdir(), 'pinhole-bench-'))]
  try {
    const tokens = [await makeNetwork(few, SMALL), await makeNetwork(many, size)] as const
    await using small = await startPinhole(few)
    await using grown = await startPinhole(many)
    const results: Result[] = []
    for (const [page, path] of Object.entries(PAGES)) {
      const targets = [targetOf(small.origin, tokens[0], path, SMALL), targetOf(grown.origin, tokens[1], path, size)]
      await warmUp(...targets)
      const [inSmall, inGrown] = (await roundsInTurns(ROUNDS, ...targets)) as [number[], number[]]
      const { ratio, ours, bound } = compareRounds(inGrown, inSmall)
      const words = `the small network, ${bound}/s: ${ours}/s`
      results.push({ name: `${name}: ${page}`, ratio, floor: 0.9, aim: 1, bound: words })
    }
    return results
  } finally {
    for (const dir of [few, many]) rmSync(dir, { recursive: true })
  }
}

/** Asks for a post, and for the page, in the middle of the network. */
function targetOf(origin: string, token: string, path: string, { posts }: Size): Target {
  const [middle, later] = [Math.floor(posts / 2), `${Date.now() - (posts / 2) * 60_000}_0`]
  return {
    url: origin + path.replace('LATER', later).replace('POST', String(middle)),
    headers: { authorization: `Bearer ${token}` },
  }
}
