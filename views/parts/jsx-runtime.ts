import type { JSX } from 'hono/jsx/jsx-runtime'

// The functions that JSX compiles to (see `jsxImportSource` in tsconfig.json). Every element becomes text at once, where
// hono/jsx would build a tree and walk through it later. Therefore components must be called inside `withFrame`, and
// none may be asynchronous. The output is the same as that of hono/jsx, but for isolated texts, which become `<bdi>`.

export type { JSX }

type Props = Record<string, unknown>
type Component = (props: Props) => unknown

/** HTML that needs no escaping. Hono's helpers recognise it by `isEscaped`, as this file recognises theirs. */
class Markup {
  readonly isEscaped = true
  readonly html: string
  constructor(html: string) {
    this.html = html
  }
  toString() {
    return this.html
  }
}

export const VOID = new Set('area base br col embed hr img input keygen link meta param source track wbr'.split(' '))
/** Elements that hold text without elements. */
export const ESCAPED_TEXT_ONLY = new Set(['title', 'textarea', 'option'])
/** Attributes that are present or absent. All others write true and false as their value. */
const BOOLEAN = new Set(
  (
    'allowfullscreen async autofocus autoplay checked controls default defer disabled download formnovalidate hidden ' +
    'inert ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected'
  ).split(' '),
)

const SPECIAL = /[&<>"']/
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escapeText = (text: string) =>
  (text.length < SHORT ? isSpecial(text) : SPECIAL.test(text))
    ? text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    : text

/** Up to this length a loop is faster than the regular expression. */
const SHORT = 40

function isSpecial(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code <= 62 && (code === 38 || code === 60 || code === 62 || code === 34 || code === 39)) return true
  }
  return false
}

/** The texts that `isolate` in `views/words` puts between isolate characters. */
const ISOLATED = /\u2068([^\u2068\u2069]*)\u2069/g
const isolateInHtml = (text: string) => (text.includes('\u2068') ? text.replace(ISOLATED, '<bdi>$1</bdi>') : text)

/** The HTML of what stands between tags: text, numbers, elements and lists of them. */
export function textOf(child: unknown): string {
  if (typeof child === 'string') return isolateInHtml(escapeText(child))
  if (child instanceof Markup) return child.html
  if (child === null || child === undefined || typeof child === 'boolean') return ''
  if (typeof child === 'number') return String(child)
  if (Array.isArray(child)) {
    let text = ''
    for (const each of child) text += textOf(each)
    return text
  }
  if ((child as { isEscaped?: boolean }).isEscaped) return String(child)
  throw new TypeError(`A ${child.constructor?.name ?? typeof child} cannot be shown on a page.`)
}

const written = (name: string, value: string) => ` ${name}="${escapeText(value)}"`

/** Attributes with few values. Their texts are kept, since finding one takes less time than writing it. */
const kept = new Map(
  (
    'alt aria-current aria-hidden aria-pressed autocomplete class data-more decoding enctype hx-swap hx-sync hx-target ' +
    'loading method name popover rel role sizes target type viewBox xmlns'
  )
    .split(' ')
    .map((name) => [name, new Map<string, string>()]),
)
const MOST_KEPT = 200

function textAttribute(name: string, value: string): string {
  const values = kept.get(name)
  if (!values) return written(name, value)
  const known = values.get(value)
  if (known !== undefined) return known
  const text = written(name, value)
  if (values.size < MOST_KEPT) values.set(value, text)
  return text
}

/** The HTML of an attribute, with a space before it. Attributes without a value are left out. */
export function attributeOf(name: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return textAttribute(name, value)
  if (typeof value === 'number') return ` ${name}="${value}"`
  if (typeof value !== 'boolean') throw new TypeError(`The attribute ${name} must be text, a number or a boolean.`)
  if (!BOOLEAN.has(name)) return ` ${name}="${value}"`
  return value ? ` ${name}=""` : ''
}

/** An element from its HTML. The executable is built with calls of this (see `scripts/jsx-plugin.ts`). */
export const element = (html: string) => new Markup(html) as unknown as JSX.Element

/** HTML that was made elsewhere, such as an icon. */
export const raw = (html: string) => new Markup(html) as unknown as JSX.Element

/** Makes an element, or calls a component. */
export function jsx(tag: string | Component, props: Props): JSX.Element {
  if (typeof tag === 'function') {
    const made = tag(props)
    return (made instanceof Markup ? made : new Markup(textOf(made))) as unknown as JSX.Element
  }
  let html = `<${tag}`
  let children: unknown
  for (const name in props) {
    if (name === 'children') children = props.children
    else html += attributeOf(name, props[name])
  }
  if (VOID.has(tag)) html += '/>'
  else
    html += `>${ESCAPED_TEXT_ONLY.has(tag) && typeof children === 'string' ? escapeText(children) : textOf(children)}</${tag}>`
  return new Markup(html) as unknown as JSX.Element
}

export const Fragment = ({ children }: { children?: unknown }): JSX.Element =>
  new Markup(textOf(children)) as unknown as JSX.Element

export { jsx as jsxDEV, jsx as jsxs }
