import { afterEach, expect, test } from 'bun:test'
import { askEverything, fullCommunity } from '../full-community'

const originals = { ...Object.getOwnPropertyDescriptors(Intl) }
afterEach(() => void Object.defineProperties(Intl, originals))

/** Counts how often an object is made that knows a language or a time zone, by its arguments. */
function countFormatters(): Map<string, number> {
  const made = new Map<string, number>()
  const names = ['DateTimeFormat', 'NumberFormat', 'RelativeTimeFormat', 'PluralRules', 'Segmenter'] as const
  for (const name of [...names, 'DisplayNames', 'Locale', 'ListFormat', 'Collator'] as const) {
    const value = new Proxy(Intl[name], {
      construct(target, args) {
        const key = `${name} ${JSON.stringify(args)}`
        made.set(key, (made.get(key) ?? 0) + 1)
        return Reflect.construct(target, args)
      },
    })
    Object.defineProperty(Intl, name, { ...originals[name], value })
  }
  return made
}

test('no query is built and no formatter is made when a page is asked for again', async () => {
  await using t = await fullCommunity()
  await askEverything(t, async (_path, ask) => ask())
  const made = countFormatters()
  const again: Record<string, string[]> = {}
  await askEverything(t, async (path, ask) => {
    const built = await t.buildsOf(ask)
    if (built.length) again[path] = built
  })
  expect(again).toEqual({})
  expect(Object.fromEntries(made)).toEqual({})
})

test('no formatter is made twice', async () => {
  const made = countFormatters()
  await using t = await fullCommunity()
  await askEverything(t, async (_path, ask) => ask())
  await askEverything(t, async (_path, ask) => ask(), { 'accept-language': 'ko' })
  expect([...made].filter(([, times]) => times > 1)).toEqual([])
})
