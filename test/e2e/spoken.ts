import type { Page } from 'playwright-core'

type Value = { value?: unknown }
type Node = {
  nodeId: string
  parentId?: string
  ignored: boolean
  role?: Value
  name?: Value & { sources?: { type: string; attribute?: string; superseded?: boolean; value?: Value }[] }
  properties?: { name: string; value: Value }[]
  backendDOMNodeId?: number
}

/** The roles of elements that people press, type into or look at. Without a name, nobody can use them by ear. */
const NAMED = [
  'button link textbox TextField searchbox checkbox radio switch combobox ComboBoxMenuButton ComboBoxSelect listbox',
  'slider spinbutton menuitem tab DisclosureTriangle DisclosureTriangleGrouped Date DateTime InputTime ColorWell',
  'image img Video Audio article dialog alertdialog progressbar meter table',
]
  .join(' ')
  .split(' ')
/** Parts of a page to which people jump. Of several with one role, each needs a name of its own. */
const LANDMARKS = ['navigation', 'complementary', 'main', 'banner', 'contentinfo', 'search', 'region', 'form']
/** Fields whose placeholder vanishes once somebody types. */
const TYPED_INTO = ['textbox', 'TextField', 'searchbox', 'combobox', 'spinbutton', 'Date', 'DateTime', 'InputTime']

const roleOf = (node: Node | undefined) => String(node?.role?.value ?? '')
const nameOf = (node: Node | undefined) => String(node?.name?.value ?? '').trim()

/** Where the name of a field comes from, such as a label. */
const sourceOf = ({ name }: Node) => name?.sources?.find(({ superseded, value }) => !superseded && value)

/**
 * Finds what a screen reader cannot say of the page: elements without a name in the accessibility tree of the browser,
 * photos and posts with the same one, fields named by their placeholder only, headings that skip a level, landmarks that
 * cannot be told apart, and numbers without a word beside them.
 */
export async function unspoken(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll<HTMLDetailsElement>('details:not(.cover, [name])')) part.open = true
  })
  const session = await page.context().newCDPSession(page)
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: Node[] }
  const heard = nodes.filter(({ ignored }) => !ignored)
  const found: string[] = []
  const html = async ({ backendDOMNodeId }: Node) => {
    if (!backendDOMNodeId) return ''
    const { outerHTML } = await session.send('DOM.getOuterHTML', { backendNodeId: backendDOMNodeId })
    return outerHTML.slice(0, 140)
  }
  for (const node of heard) {
    const role = roleOf(node)
    if (NAMED.includes(role) && !nameOf(node)) found.push(`${role} without a name: ${await html(node)}`)
    const source = sourceOf(node)
    if (TYPED_INTO.includes(role) && (source?.type === 'placeholder' || source?.attribute === 'placeholder'))
      found.push(`${role} named by its placeholder: ${await html(node)}`)
  }
  for (const role of ['article', 'image', 'Video']) found.push(...twice(nodes, role))
  found.push(...skipped(heard), ...confused(heard), ...(await bare(page)), ...(await alike(page)))
  await session.detach()
  return [...new Set(found)]
}

/** Names that several elements of this role have within one article, or outside of all. */
function twice(nodes: Node[], role: string): string[] {
  const known = new Map(nodes.map((node) => [node.nodeId, node]))
  const articleOf = ({ parentId }: Node): string => {
    const parent = known.get(parentId ?? '')
    return !parent || roleOf(parent) === 'article' ? (parent?.nodeId ?? '') : articleOf(parent)
  }
  const named = nodes.filter((node) => !node.ignored && roleOf(node) === role && nameOf(node))
  const places = named.map((node) => `${articleOf(node)} ${nameOf(node)}`)
  return named
    .filter((_, at) => places.indexOf(places[at]!) !== at)
    .map((node) => `several times ${role} “${nameOf(node)}”`)
}

function skipped(nodes: Node[]): string[] {
  const headings = nodes.filter((node) => roleOf(node) === 'heading')
  const found = headings.filter((node) => !nameOf(node)).map(() => 'heading without a text')
  let before = 0
  for (const node of headings) {
    const level = Number(node.properties?.find(({ name }) => name === 'level')?.value.value)
    if (level > before + 1) found.push(`heading “${nameOf(node)}” has level ${level} after ${before}`)
    before = level
  }
  if (!headings.length) found.push('no heading')
  return found
}

function confused(nodes: Node[]): string[] {
  const marks = nodes
    .filter((node) => LANDMARKS.includes(roleOf(node)))
    .map((node) => `${roleOf(node)} “${nameOf(node)}”`)
  return [...new Set(marks.filter((mark, at) => marks.indexOf(mark) !== at))].map((mark) => `several times ${mark}`)
}

/** Tiles with the same name that lead to different places. */
const alike = (page: Page) =>
  page.evaluate(() => {
    const led = new Map<string, string>()
    return [...document.querySelectorAll<HTMLAnchorElement>('a.tile')].flatMap((tile) => {
      const name = tile.ariaLabel ?? ''
      const before = led.get(name) ?? tile.href
      led.set(name, tile.href)
      return before === tile.href ? [] : [`several tiles “${name}”`]
    })
  })

/** Numbers that stand alone on their line, so that nobody who hears them knows what they count. */
const bare = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent!.trim()
      const owner = walker.currentNode.parentElement!
      if (!/^[+−-]?[\d.,]+$/.test(text) || !owner.checkVisibility()) continue
      // A heading of a table, a term or a name says what these are.
      if (owner.closest('td, th, dd, option, time, textarea, pre, code, [aria-hidden=true], [aria-label]')) continue
      let line = owner
      while (getComputedStyle(line).display.startsWith('inline') && line.parentElement) line = line.parentElement
      if (/^[+−-]?[\d.,\s]+$/.test(line.textContent!)) found.push(`only a number: ${line.outerHTML.slice(0, 140)}`)
    }
    return found
  })
