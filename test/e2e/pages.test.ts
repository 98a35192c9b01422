import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { partOf } from '../part'
import { axeFindings, bringAxe } from './axe'
import type { Community } from './community'
import { fillCommunity, type PageToVisit } from './every-page'
import { type Pinhole, startPinhole } from './executable'
import { unspoken } from './spoken'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
let place: Community
let pages: PageToVisit[]

beforeAll(async () => {
  pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
  ;({ place, pages } = await fillCommunity(pinhole))
})
afterAll(async () => {
  const { status, faults } = await pinhole.stop()
  expect([status, faults]).toEqual([0, []])
})
expectQuietConsoles()

type Options = Parameters<typeof visit>[1] & { withAxe?: boolean }
type Look = (page: Page, visited: PageToVisit) => Promise<string[]>

/** Visits the pages and collects the complaints of `look`. Uses two windows, because the machines have two cores. */
async function walk(options: Options, pages: PageToVisit[], look: Look): Promise<string[]> {
  const halves = [0, 1].map((half) => pages.filter((_, at) => at % 2 === half))
  return (await Promise.all(halves.map((half) => walkTo(half, options, look)))).flat()
}

async function walkTo(pages: PageToVisit[], { withAxe, ...options }: Options, look: Look): Promise<string[]> {
  await using page = await visit(pinhole.address, { ...options, expecting: [401, 403, 404, 410, 422] })
  if (withAxe) await bringAxe(page)
  const complaints: string[] = []
  for (const visited of pages) {
    await page.context().clearCookies()
    if (visited.as)
      await page.context().addCookies([{ name: 'session', value: visited.as.token, url: pinhole.address }])
    const answer = await page.goto(visited.path)
    if (answer?.status() !== (visited.status ?? 200)) complaints.push(`${visited.name}: answered ${answer?.status()}`)
    complaints.push(...(await look(page, visited)).map((complaint) => `${visited.name}: ${complaint}`))
  }
  return complaints
}

/** Leaves some calls in the reference. They look alike, and axe takes half a minute for all of them. */
async function shorten(page: Page) {
  const calls = await page.locator('.call').count()
  const kept = partOf([...Array(calls).keys()], 40)
  await page.locator('.call').evaluateAll((all, kept) => {
    for (const [at, call] of all.entries()) if (!kept.includes(at)) call.remove()
  }, kept)
}

/** The axe rules that depend on screen size and colours. */
const LOOKS = ['color-contrast', 'scrollable-region-focusable']

/** The elements that extend beyond the right edge. */
const wider = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const far = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    )
    return [
      `${scrollWidth - clientWidth} px wider than ${clientWidth}: ${far
        .map((element) => `${element.tagName}.${element.className}`)
        .slice(0, 4)
        .join(' ')}`,
    ]
  })

/** Words that large letters break, and titles that they cut. Code, addresses and texts of members without blanks may break. */
const torn = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    while (walker.nextNode()) {
      const { currentNode: text } = walker
      const owner = text.parentElement!
      if (
        owner.closest('.unseen, .place, .address, code, pre, option, textarea, figcaption, script') ||
        !owner.checkVisibility()
      )
        continue
      const words = (text.textContent ?? '').replace(/https?:\S+/g, (address) => ' '.repeat(address.length))
      for (const { 0: word, index } of words.matchAll(/[\p{L}\p{N}]{2,20}/gu)) {
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
        if (lines.size > 1) found.push(`${owner.tagName}.${owner.className} breaks ${word}`)
      }
    }
    for (const title of document.querySelectorAll('h1'))
      if (
        title.clientWidth > 1 &&
        title.scrollWidth > title.clientWidth + 1 &&
        getComputedStyle(title).overflowX !== 'visible'
      )
        found.push(`the title ${title.textContent} is cut`)
    return [...new Set(found)]
  })

/** Small parts of a row, such as a button, that large letters push onto a line of their own; and texts that a box cuts. */
const astray = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = []
    for (const part of document.querySelectorAll('.icon-button, .dot, .thumb')) {
      const before = part.previousElementSibling
      if (!before || !part.checkVisibility() || getComputedStyle(part).position === 'absolute') continue
      if (getComputedStyle(part.parentElement!).flexWrap !== 'wrap') continue
      const [box, other] = [part.getBoundingClientRect(), before.getBoundingClientRect()]
      if (box.width > 1 && other.width > 1 && box.top >= other.bottom - 1)
        found.push(`${part.tagName}.${part.className} stands below ${before.tagName}.${before.className}`)
    }
    for (const text of document.querySelectorAll('figcaption')) {
      const [box, room] = [text.getBoundingClientRect(), text.parentElement!.getBoundingClientRect()]
      if (box.top < room.top - 1 || box.bottom > room.bottom + 1) found.push(`“${text.textContent}” is cut`)
    }
    return [...new Set(found)]
  })

/** What a finger may miss: less than 44 px high or wide, unless it is a link inside of a text. */
const small = (page: Page) =>
  page.evaluate(() => {
    const touched = 'a[href], button, summary, select, textarea, input:not([type=hidden], [type=file])'
    const found: string[] = []
    for (const target of document.querySelectorAll(touched)) {
      if (target.closest('.unseen, .skip, .crop-frame, dialog:not([open])') || !target.checkVisibility()) continue
      const { opacity, visibility, display } = getComputedStyle(target)
      const isInText =
        (display === 'inline' || target.matches('.named')) &&
        [...target.parentElement!.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent!.trim())
      if (opacity === '0' || visibility === 'hidden' || isInText) continue
      if (getComputedStyle(target, '::after').position === 'absolute') continue // it covers the whole card
      const boxes = [target, target.closest('label')].map((each) => each?.getBoundingClientRect())
      const width = Math.max(...boxes.map((box) => box?.width ?? 0))
      const height = Math.max(...boxes.map((box) => box?.height ?? 0))
      if (width <= 1 || (width > 43.5 && height > 43.5)) continue
      found.push(`${target.outerHTML.slice(0, 100)} is ${Math.round(width)} × ${Math.round(height)}`)
    }
    return found
  })

/** People's pictures, and the letters in their place, that what is around them stretches or squeezes. */
const oval = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.avatar')]
      .filter((avatar) => avatar.checkVisibility())
      .map((avatar) => avatar.getBoundingClientRect())
      .filter(({ width, height }) => Math.abs(width - height) > 1)
      .map(({ width, height }) => `an avatar is ${Math.round(width)} × ${Math.round(height)}`),
  )

/** Doubles all letters, as the setting of a browser does. */
const enlarge = (page: Page, size: '' | '200%') =>
  page.evaluate((size) => {
    document.documentElement.style.fontSize = size
  }, size)

test('no page has axe findings, overflows or tears words, on a light desktop or a dark phone, also with large letters', async () => {
  const some = partOf(pages, 3)
  const dark = partOf(some, 2)
  const complaints = await walk({ withAxe: true, hasTouch: true }, some, async (page, visited) => {
    await page.setViewportSize({ width: 640, height: 400 }) // a desktop at 200 % zoom
    const zoomed = await wider(page)
    await page.setViewportSize({ width: 390, height: 800 })
    await enlarge(page, '200%')
    const large =
      visited.name === 'reference' ? [] : [...(await wider(page)), ...(await torn(page)), ...(await astray(page))]
    await enlarge(page, '')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 320, height: 640 })
    const layout = [...(await wider(page)), ...(await small(page)), ...(await oval(page))]
    if (visited.name === 'reference') await shorten(page)
    const colours = dark.includes(visited) ? await axeFindings(page, { rules: LOOKS }) : []
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1280, height: 800 })
    const desk = await axeFindings(page)
    const phone = [...layout, ...colours]
    return [...desk, ...zoomed, ...large.map((each) => `large: ${each}`), ...phone.map((each) => `phone: ${each}`)]
  })
  expect(complaints).toEqual([])
}, 400_000)

test('a screen reader can name everything on every page', async () => {
  const others = partOf([...pages.slice(1), pages[0]!], 3) // other pages than those that axe looks at
  const complaints = await walk({ locale: 'ko', device: 'phone' }, others, unspoken)
  expect(complaints).toEqual([])
}, 400_000)

/** Texts that begin left of the edge of the page, at which its title, its forms and its foot begin. */
const outside = (page: Page) =>
  page.evaluate(() => {
    const [main, foot] = [document.querySelector('.framed:not(.full) main'), document.querySelector('.foot a')]
    if (!main || !foot?.checkVisibility()) return []
    const space = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--edge-space'))
    const leftOf = (node: Node) => {
      const range = document.createRange()
      range.selectNodeContents(node)
      return range.getBoundingClientRect().left
    }
    const column = document.querySelector('.column')!.getBoundingClientRect().left
    const [edge, inner] = [column + space, main.getBoundingClientRect().left + space]
    const found: string[] = []
    if (Math.abs(leftOf(foot) - edge) > 1) found.push(`the foot begins at ${leftOf(foot)} instead of ${edge}`)
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode
      const owner = text.parentElement!
      if (
        !text.textContent?.trim() ||
        !owner.checkVisibility() ||
        owner.closest('.unseen, .editor, option, textarea, .grid')
      )
        continue
      if (getComputedStyle(owner).clipPath !== 'none') continue
      const left = leftOf(text)
      if (left < inner - 1) found.push(`“${text.textContent.trim().slice(0, 30)}” begins at ${left}, left of ${inner}`)
    }
    return [`edge ${edge}`, ...found]
  })

/** Latin words that are not text of members, names or code, and untranslated phrases in attributes. */
const foreign = (page: Page, html: string) =>
  page.evaluate((html) => {
    const document = new DOMParser().parseFromString(html, 'text/html')
    const names = [
      'Pinhole API ALT IP MB GB kB JPEG PNG WebP AVIF HEIC GIF TIFF English URL rrggbb Linux Bun Chrome Headless',
      'Windows Mac OpenAPI UTC px Google OTP Microsoft Authenticator Aegis JavaScript iPhone iPad PIN https zip',
      'WebVTT SRT vtt srt Tab',
    ]
    const known = new RegExp(`(?<![a-z])(${names.join(' ').replaceAll(' ', '|')})(?![a-z])`, 'gi')
    const silent = ['code', 'pre', 'script', 'style', 'textarea', 'noscript', '[translate=no]', 'option[lang]']
    const found: string[] = []
    const take = (text: string, pattern: RegExp) => {
      const rest = text
        .replace(/https?:\S+|(?<!\S)\/\.well-known\/\S+|@\w+|\w+([.]\w+)+|#\w+|\([0-9a-f]{7,}\)|\{[^}]*\}/g, '')
        .replace(known, '')
      if (pattern.test(rest)) found.push(text.trim().slice(0, 100))
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (parentElement && !parentElement.closest(silent.join())) take(textContent ?? '', /[A-Za-z]{2,}/)
    }
    const attributes = [
      'class content src srcset sizes href action d style viewbox points autocomplete id for rel name type',
      'pattern accept value data-drag data-tools hx-.* aria-(describedby|labelledby|controls)',
    ]
    const technical = new RegExp(`^(${attributes.join(' ').replaceAll(' ', '|')})$`, 'i')
    const roots: ParentNode[] = [document, ...[...document.querySelectorAll('template')].map(({ content }) => content)]
    for (const element of roots.flatMap((root) => [...root.querySelectorAll('body *, *')]))
      for (const { name, value } of element.attributes)
        if (!technical.test(name)) take(value, /[A-Za-z]{2,} [A-Za-z]{2,}/)
    return [...new Set(found)]
  }, html)

test('all pages have one left edge, on phones and on desktops', async () => {
  const edges = new Set<string>()
  const complaints = await walk({ locale: 'ko', hasTouch: true }, partOf(pages, 3), async (page) => {
    const found: string[] = []
    for (const width of [390, 800, 1280, 2560]) {
      await page.setViewportSize({ width, height: 800 })
      if (width === 390) found.push(...(await small(page))) // Korean labels are shorter than English ones
      const [edge, ...rest] = await outside(page)
      if (edge) edges.add(`${width} px: ${edge}`)
      found.push(...rest.map((each) => `${width} px: ${each}`))
    }
    return found
  })
  expect(complaints).toEqual([])
  expect([...edges].map((each) => each.replace(/:.*/, ''))).toEqual(['390 px', '800 px', '1280 px', '2560 px'])
}, 400_000)

test('beside the picture of a post, all texts begin at one edge', async () => {
  await using page = await visit(place.address, { token: place.member('minho').token })
  await page.goto(pages.find(({ name }) => name === 'post')!.path)
  const edges = await page
    .locator('.post-page > .post > :not(.media)')
    .evaluateAll((parts) =>
      parts.map((part) => part.getBoundingClientRect().left + Number.parseFloat(getComputedStyle(part).paddingLeft)),
    )
  expect(edges.length).toBeGreaterThan(3) // with the line that says when the post was edited
  expect(new Set(edges).size).toBe(1)
})

test('no line ends between the sign of a tag and its word', async () => {
  await using page = await visit(place.address, { token: place.member('minho').token, device: 'phone', locale: 'ko' })
  await page.goto(pages.find(({ name }) => name === 'post')!.path)
  const torn: number[] = []
  for (let width = 320; width <= 440; width += 4) {
    await page.setViewportSize({ width, height: 800 })
    const lines = await page
      .locator('.caption .named')
      .last()
      .evaluate((tag) => {
        const range = document.createRange()
        range.selectNodeContents(tag)
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
      })
    if (lines > 1) torn.push(width)
  }
  expect(torn).toEqual([])
})

test('every page is completely Korean for Korean readers', async () => {
  await using page = await visit(pinhole.address) // reads the pages, but opens none of them
  const complaints: string[] = []
  for (const { name, path, as } of pages) {
    const headers = { 'accept-language': 'ko', ...(as && { cookie: `session=${as.token}` }) }
    const html = await (await fetch(pinhole.address + path, { headers })).text()
    if (!html.includes('<html lang="ko"')) complaints.push(`${name} is not in Korean`)
    if (name !== 'reference') complaints.push(...(await foreign(page, html)).map((text) => `${name}: ${text}`))
  }
  expect(complaints).toEqual([])
}, 60_000)

/** Dates in the form of tables, 2026. 1. 31., that stand within a sentence, also one that only screen readers say. */
const tabular = (html: string) =>
  html
    .replace(/<(script|style)\b.*?<\/\1>/gs, '')
    .replace(/(\d{4}\. \d{1,2}\. \d{1,2}\.) 오[전후] \d{1,2}:\d\d/g, '$1')
    .match(
      /\p{Script=Hangul}[:,]? \d{4}\. \d{1,2}\. \d{1,2}\.|\d{4}\. \d{1,2}\. \d{1,2}\.(\(UTC\))? ?\p{Script=Hangul}+/gu,
    ) ?? []

test('Korean sentences have dates in words, and the form of tables stands alone', async () => {
  const complaints: string[] = []
  const said: string[] = []
  for (const { name, path, as } of pages) {
    const headers = { 'accept-language': 'ko', ...(as && { cookie: `session=${as.token}` }) }
    const html = await (await fetch(pinhole.address + path, { headers })).text()
    complaints.push(...tabular(html).map((text) => `${name}: ${text}`))
    said.push(...(html.match(/\d{4}년 \d{1,2}월 \d{1,2}일[^<"]*/g) ?? []))
  }
  expect(complaints).toEqual([])
  expect(said.length).toBeGreaterThan(5)
}, 60_000)

test('a tile shows each of its marks once', async () => {
  await using page = await visit(pinhole.address, { token: place.member('minho').token })
  await page.goto('/users/jieun')
  const marks = await page
    .locator('.tile .marks')
    .evaluateAll((all) => all.map((each) => [...each.children].map(({ outerHTML }) => outerHTML)))
  expect(marks.map((drawn) => drawn.length)).toEqual([2, 1, 1, 1])
  expect(marks.map((drawn) => new Set(drawn).size)).toEqual([2, 1, 1, 1])
})

test('a short page does not scroll on a phone, and its foot stands above the bar', async () => {
  for (const [handle, path] of [
    ['minho', '/sessions/accounts'],
    ['keeper', '/admin/flags'],
  ] as const) {
    await using page = await visit(place.address, { token: place.member(handle).token, device: 'phone', locale: 'ko' })
    await page.goto(path)
    const [scrolls, foot, bar] = await page.evaluate(() => [
      document.documentElement.scrollHeight - innerHeight,
      document.querySelector('.foot')!.getBoundingClientRect().bottom,
      document.querySelector('.rail')!.getBoundingClientRect().top,
    ])
    expect([path, scrolls]).toEqual([path, 0])
    expect(foot!).toBeLessThanOrEqual(bar! + 1) // the line above the bar
  }
})

test('a phone that is held sideways shows all places of the rail, and a lower window scrolls to them', async () => {
  await using page = await visit(place.address, { token: place.member('minho').token, device: 'phone' })
  const isSeen = () =>
    page.evaluate(
      () => [...document.querySelectorAll('.rail li a')].at(-1)!.getBoundingClientRect().bottom <= innerHeight,
    )
  await page.setViewportSize({ width: 844, height: 390 })
  await page.goto('/')
  expect(await isSeen()).toBe(true)
  await page.setViewportSize({ width: 844, height: 280 })
  expect(await isSeen()).toBe(false)
  await page.locator('.rail').evaluate((rail) => rail.scrollTo(0, rail.scrollHeight))
  expect(await isSeen()).toBe(true)
})

test('a sensitive picture is covered in the notifications, too', async () => {
  await using page = await visit(place.address, { token: place.member('minho').token })
  await page.goto('/notifications')
  await page.waitForFunction(() => !document.querySelector('.thumb .picture:not(.loaded)'))
  const shown = (part: string) =>
    page.locator(`.thumb.covered ${part}`).evaluateAll((all) => all.map((each) => getComputedStyle(each).visibility))
  expect([await shown('.real'), await shown('.placeholder')]).toEqual([['hidden'], ['visible']])
})
