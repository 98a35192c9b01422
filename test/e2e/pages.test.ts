import { afterAll, beforeAll, expect, test } from 'bun:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import type { Community } from './community'
import { fillCommunity, type PageToVisit } from './every-page'
import { type Pinhole, startPinhole } from './executable'
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

type Look = (page: Page, visited: PageToVisit) => Promise<string[]>

/** Visits every page and collects the complaints of `look`. Uses two windows, because the machines have two cores. */
async function walk(options: Parameters<typeof visit>[1], look: Look): Promise<string[]> {
  const halves = [0, 1].map((half) => pages.filter((_, at) => at % 2 === half))
  return (await Promise.all(halves.map((half) => walkTo(half, options, look)))).flat()
}

async function walkTo(pages: PageToVisit[], options: Parameters<typeof visit>[1], look: Look): Promise<string[]> {
  await using page = await visit(pinhole.address, { ...options, expecting: [403, 404, 410] })
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

/** The axe rules that depend on screen size and colours. */
const LOOKS = [
  'color-contrast',
  'target-size',
  'scrollable-region-focusable',
  'link-in-text-block',
  'region',
  'page-has-heading-one',
]

async function axe(page: Page, rules?: string[]): Promise<string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (rules ? builder.withRules(rules) : builder).analyze()
  return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

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

test('no page has axe findings or overflows, on a light desktop or a dark phone', async () => {
  const complaints = await walk({ reducedMotion: 'reduce' }, async (page) => {
    const desk = await axe(page)
    await page.setViewportSize({ width: 640, height: 400 }) // a desktop at 200 % zoom
    const zoomed = await wider(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 320, height: 640 })
    const small = [...(await wider(page)), ...(await axe(page, LOOKS))]
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1280, height: 800 })
    return [...desk, ...zoomed, ...small.map((each) => `dark phone: ${each}`)]
  })
  expect(complaints).toEqual([])
}, 400_000)

/** Latin words that are not text of members, names or code, and untranslated phrases in attributes. */
const foreign = (page: Page) =>
  page.evaluate(() => {
    const names = [
      'Pinhole API ALT IP MB GB kB JPEG PNG WebP AVIF HEIC GIF TIFF English URL rrggbb Linux Bun Chrome Headless',
      'Windows Mac OpenAPI UTC px Google OTP Microsoft Authenticator Aegis JavaScript iPhone iPad PIN https',
    ]
    const known = new RegExp(`\\b(${names.join(' ').replaceAll(' ', '|')})\\b`, 'gi')
    const silent = ['code', 'pre', 'script', 'style', 'textarea', 'noscript', '[translate=no]']
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
      'pattern accept value data-drag hx-.* aria-(describedby|labelledby|controls)',
    ]
    const technical = new RegExp(`^(${attributes.join(' ').replaceAll(' ', '|')})$`, 'i')
    const roots: ParentNode[] = [document, ...[...document.querySelectorAll('template')].map(({ content }) => content)]
    for (const element of roots.flatMap((root) => [...root.querySelectorAll('body *, *')]))
      for (const { name, value } of element.attributes)
        if (!technical.test(name)) take(value, /[A-Za-z]{2,} [A-Za-z]{2,}/)
    return [...new Set(found)]
  })

test('every page is completely Korean for Korean readers', async () => {
  const complaints = await walk({ locale: 'ko' }, async (page, { name }) => {
    expect(await page.locator('html').getAttribute('lang')).toBe('ko')
    return name === 'reference' ? [] : foreign(page)
  })
  expect(complaints).toEqual([])
})

test('a tile shows each of its marks once', async () => {
  await using page = await visit(pinhole.address, { token: place.member('minho').token })
  await page.goto('/users/jieun')
  const marks = await page
    .locator('.tile .marks')
    .evaluateAll((all) => all.map((each) => [...each.children].map(({ outerHTML }) => outerHTML)))
  expect(marks.map((drawn) => drawn.length)).toEqual([2, 1, 1, 1])
  expect(marks.map((drawn) => new Set(drawn).size)).toEqual([2, 1, 1, 1])
})
