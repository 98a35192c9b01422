import { join } from 'node:path'
import type { Page } from 'playwright-core'

declare global {
  // The browser has it under this name.
  var axe: typeof import('axe-core')
}

const path = join(import.meta.dir, '../../node_modules/axe-core/axe.min.js')

/** Brings axe into everything that this page opens from now on. The browser compiles it once and not for each page. */
export const bringAxe = (page: Page): Promise<unknown> => page.addInitScript({ path })

type Extent = {
  /** Tries only these rules. */
  rules?: string[]
  /** Looks only at what is inside of this element. */
  within?: string
}

/** Returns the rules of accessibility that the page breaks, each with the elements that break it. Needs `bringAxe`. */
export async function axeFindings(page: Page, { rules, within }: Extent = {}): Promise<string[]> {
  const violations = await page.evaluate(
    async ([rules, within]) => {
      // colours on their way to others are judged where they arrive
      const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
      await Promise.allSettled(ending.map(({ finished }) => finished))
      const runOnly = rules && { type: 'rule' as const, values: rules }
      const found = await axe.run(within ?? document, { resultTypes: ['violations'], ...(runOnly && { runOnly }) })
      return found.violations.map(({ id, nodes }) => ({ id, broken: nodes.map(({ html }) => html.slice(0, 160)) }))
    },
    [rules, within] as const,
  )
  return violations.map(({ id, broken }) => `${id} ${broken.join(' | ')}`)
}
