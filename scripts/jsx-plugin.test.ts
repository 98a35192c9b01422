import { expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { compileJsx } from './jsx-plugin'

const SAMPLE = `
import type { PropsWithChildren } from 'hono/jsx'

const Box = ({ children, name = 'box' }: PropsWithChildren<{ name?: string }>) => (
  <section class={name}>{children}</section>
)
const Names = ({ names }: { names: string[] }) => <>{names.map((name) => <li>{name}</li>)}</>
const live = { 'hx-get': '/a?b=1&c=2' }

export const pages: (() => unknown)[] = [
  () => <p>plain</p>,
  () => <p class="a & b" data-open hidden tabindex={-1} title={undefined} aria-hidden={false} disabled={false}>x</p>,
  () => <input type="text" value={'"quoted" <b>'} required />,
  () => (
    <div>
      two lines
      of text, <b>bold</b>{' '}
      <i>{1}</i>
      {/* nothing */}
      {null}
      {['<', <u>{'&'}</u>]}
    </div>
  ),
  () => <Box>{'<tag>'}</Box>,
  () => <Box name="two">a, b {2} <br /> <Names names={['<ann>', 'bob']} /></Box>,
  () => <article {...live} id="x">{true && <span>{false}</span>}</article>,
  () => <title>{'\\u2068<name>\\u2069'}</title>,
  () => <p title={'\\u2068ann\\u2069'}>{'\\u2068ann\\u2069'}</p>,
  () => <Box name={\`a\${1 + 1}\`}><></></Box>,
  () => <a href={[1, 2].map((n) => String(n)).join('&')}>{[1, 2].map((n) => (<b>{n}</b>))}</a>,
]

export const where = () => <p>{new Error('here').stack?.split('\\n').find((line) => line.includes('.tsx'))}</p>
`

test('compiled elements are the same HTML, and errors name the same lines', async () => {
  // inside of the project, where the runtime of JSX is found
  const dir = mkdtempSync(join(import.meta.dir, '../dist/jsx-'))
  try {
    const at = (folder: string) => join(dir, folder, 'sample.tsx')
    for (const [folder, text] of [
      ['plain', SAMPLE],
      ['compiled', compileJsx('sample.tsx', SAMPLE)],
    ] as const) {
      mkdirSync(join(dir, folder))
      await Bun.write(at(folder), text)
    }
    const [plain, compiled] = await Promise.all([import(at('plain')), import(at('compiled'))])
    for (const [i, page] of plain.pages.entries()) expect(String(compiled.pages[i]())).toBe(String(page()))
    const lineOf = (page: unknown) => /sample\.tsx:(\d+)/.exec(String(page))?.[1]
    expect(lineOf(compiled.where())).toBe(String(SAMPLE.split('\n').findIndex((line) => line.includes('where')) + 1))
    expect(lineOf(plain.where())).toBe(lineOf(compiled.where())!)
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test('elements with constant attributes become one text, and entities are refused', () => {
  const compile = (jsx: string) => compileJsx('a.tsx', `export const a = ${jsx}`)
  expect(compile('<a class="who" data-open>x</a>')).toContain(
    `$element("<a class=\\"who\\" data-open=\\"true\\">x</a>")`,
  )
  expect(compile('<ul><li>{1}</li></ul>')).toContain('$element("<ul><li>" + $textOf(1) + "</li></ul>")')
  expect(compile('1')).toBe('export const a = 1')
  expect(() => compile('<p>a &nbsp; b</p>')).toThrow('a.tsx: write the character instead of a &nbsp; b')
})
