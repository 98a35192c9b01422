import { namesOf, type StoredFile, urlOf } from './bytes'
import type { Somebody } from './people'
import { ask, holders, others, type Scene } from './scene'

/** The parts of `/media/{expires}/{who}/{signature}/{what}/{bytes}`. */
type Link = { expires: string; who: string; signature: string; what: string; bytes: string }

const parse = (url: string): Link => {
  const [, , expires = '', who = '', signature = '', what = '', ...bytes] = url.split('/')
  return { expires, who, signature, what, bytes: bytes.join('/') }
}
const write = ({ expires, who, signature, what, bytes }: Link) =>
  `/media/${expires}/${who}/${signature}/${what}/${bytes}`

/** Tries links to one file. People who may have the file get its bytes, and nobody else gets them with any link. */
export async function tryLinks(scene: Scene, file: StoredFile): Promise<void> {
  const names = namesOf(file, 'full')
  const [name] = names
  if (!name) return
  const mine = holders(scene, file.id)
  for (const holder of mine) {
    for (const each of names) await mustOpen(scene, 'their own link', holder, file.id, each)
    for (const link of bentBits(parse(linkOf(scene, holder, file.id, name))))
      await mustStayShut(scene, 'one character changed', holder, file.id, link)
  }
  await tryAnyonesLink(scene, file, name)
  for (const who of others(scene, file.id)) {
    if (scene.rules.mayHave(who, file.id, 'preview'))
      for (const each of namesOf(file, 'preview')) await mustOpen(scene, 'their own preview', who, file.id, each)
    for (const url of who.held.get(file.id) ?? [])
      await mustStayShut(scene, 'a link from before they lost access', who, file.id, url)
    for (const [door, links] of forgeries(scene, who, file, mine[0]))
      for (const link of links) await mustStayShut(scene, door, who, file.id, link)
  }
}

/** Tries links for everyone that were made before a public community closed. */
async function tryAnyonesLink(scene: Scene, file: StoredFile, name: string) {
  const { app, people, rules } = scene
  const forMembers = people.some((who) => who.kind === 'stranger' && rules.mayHave(who, file.id, 'full'))
  for (const who of people)
    if (who.id === null && forMembers && !rules.mayHave(who, file.id, 'full'))
      await mustStayShut(scene, 'a link for anyone', who, file.id, urlOf(app, 0, file.id, name))
}

/** Signs a link for a person who may have the file. */
export const linkOf = ({ app }: Pick<Scene, 'app'>, { id, look }: Somebody, file: number, name: string) =>
  urlOf(app, look?.guest ?? id ?? 0, file, name)

/** Checks that somebody who may have a file gets it, and bytes of nobody else. */
export async function mustOpen(scene: Scene, door: string, who: Somebody, file: number, name: string): Promise<void> {
  const { findings, judge } = scene
  findings.tried(door, who)
  const { status, body } = await ask(scene, who, linkOf(scene, who, file, name))
  const leak = status < 300 ? await judge.leakIn(who, body, file) : null
  if (leak) findings.leak(door, who, leak)
  else if (status !== 200 && (await judge.isStored(file, name)))
    findings.shut(door, who, `file ${file}: ${name} answered ${status}`)
}

/** Checks that a link is refused, whatever it would open. */
export async function mustStayShut(
  scene: Scene,
  door: string,
  who: Somebody,
  file: number,
  link: string,
): Promise<void> {
  const { findings } = scene
  findings.tried(door, who)
  const { status, type } = await ask(scene, who, link)
  if (status >= 500) findings.shut(door, who, `file ${file}: a link answered ${status}`)
  else if (status < 400 && !isPage(type)) findings.leak(door, who, `file ${file}: ${parse(link).bytes}`)
}

const isPage = (type: string) => /^(text\/html|application\/(problem\+)?json)/.test(type)

function* forgeries(
  scene: Scene,
  who: Somebody,
  file: StoredFile,
  holder: Somebody | undefined,
): Generator<[door: string, links: string[]]> {
  const names = namesOf(file, 'full')
  const own = ownLinks(scene, who, file)
  const myself = `${who.id ?? 0}.0`
  if (holder) {
    const copied = names.map((name) => linkOf(scene, holder, file.id, name))
    yield ['a copied link', copied]
    yield [
      'a copied link, under their name',
      copied.flatMap((url) => [myself, '0.0'].map((who) => write({ ...parse(url), who }))),
    ]
  }
  const preview =
    own.preview ?? (holder && linkOf(scene, holder, file.id, namesOf(file, 'preview')[0] ?? 'preview/blurred.webp'))
  if (preview) {
    const link = parse(preview)
    yield ['another class', names.map((bytes) => write({ ...link, bytes }))]
    const tails = names.map((name) => name.replace('full/', 'preview/'))
    yield [
      'another rendition',
      [...tails, 'preview/original', 'original', 'preview/../original'].map((bytes) => write({ ...link, bytes })),
    ]
  }
  if (own.other) {
    const link = parse(own.other)
    const whats = [`${file.id}.0`, `${file.id}.1`, `${file.id}.${link.what.split('.')[1]}`]
    yield ['another file', names.flatMap((bytes) => whats.map((what) => write({ ...link, what, bytes })))]
  }
  const expires = preview ? parse(preview).expires : '99999999999'
  const made = ['A'.repeat(43), '', 'x'].map((signature) => ({
    expires,
    who: myself,
    signature,
    what: `${file.id}.0`,
    bytes: names[0]!,
  }))
  yield ['a made-up signature', made.flatMap((link) => [write(link), write({ ...link, who: '0.0' })])]
}

/**
 * The links that the server itself gives this person: the preview of this file if they may see it, and a rendition of
 * some other file.
 */
export function ownLinks(
  scene: Scene,
  who: Somebody,
  file: StoredFile,
): { preview: string | undefined; other: string | undefined } {
  const { rules, openTo } = scene
  const preview = rules.mayHave(who, file.id, 'preview') ? namesOf(file, 'preview')[0] : undefined
  const other = openTo.get(who)
  return {
    preview: preview && linkOf(scene, who, file.id, preview),
    other: other && linkOf(scene, who, other.id, namesOf(other, 'full')[0]!),
  }
}

/**
 * Changes one character in each part of a link. None of these links opens, not even for the person it was signed for.
 */
function* bentBits(link: Link): Generator<string> {
  for (const part of ['expires', 'signature'] as const) {
    const text = link[part]
    for (const at of new Set([0, text.length >> 1, text.length - 1]))
      yield write({ ...link, [part]: `${text.slice(0, at)}${next(text[at]!)}${text.slice(at + 1)}` })
  }
  for (const part of ['who', 'what'] as const) {
    const [id = '', epoch = ''] = link[part].split('.')
    yield write({ ...link, [part]: `${Number(id) + 1}.${epoch}` })
    yield write({ ...link, [part]: `${id}.${Number(epoch) + 1}` })
    yield write({ ...link, [part]: `0${link[part]}` })
  }
  yield write({ ...link, bytes: link.bytes.replace('full/', 'fulk/') })
  yield write({ ...link, bytes: link.bytes.replace('full/', 'Full/') })
  yield write({ ...link, bytes: link.bytes.replace('full/', 'preview/') })
  yield write({ ...link, bytes: 'original' })
}

/** Returns a different character of the same kind. */
function next(char: string): string {
  if (/\d/.test(char)) return String((Number(char) + 1) % 10)
  return char === 'A' ? 'B' : 'A'
}
