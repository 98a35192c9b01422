import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { newPage } from '../test/browser'

/** Takes the screenshots for the README in the community of `pinhole demo`. Run it after a build: `bun scripts/screenshots.ts` */
const FOLDER = 'docs/screenshots'
const PORT = 7790
const ADDRESS = `http://localhost:${PORT}`

type Shot = {
  name: string
  path: string
  device: 'phone' | 'desktop'
  colorScheme: 'light' | 'dark'
  before?: (page: Page) => Promise<unknown>
}

/** Opens the photos of a post with several of them. The first such post has a panorama, of which a screen shows a part. */
async function view(page: Page) {
  await page.locator('.post:has(.dots) a[data-photo]').nth(2).click()
  await page.getByRole('dialog').waitFor()
  await page.evaluate(`document.querySelector('#viewer .large').decode()`)
}

const SHOTS: Shot[] = [
  { name: 'home-desktop-light', path: '/', device: 'desktop', colorScheme: 'light' },
  { name: 'home-phone-dark', path: '/', device: 'phone', colorScheme: 'dark' },
  { name: 'viewer-phone', path: '/', device: 'phone', colorScheme: 'dark', before: view },
  { name: 'explore', path: '/explore', device: 'desktop', colorScheme: 'light' },
]

async function shoot({ name, path, before, ...look }: Shot, password: string) {
  await using page = await newPage({ baseURL: ADDRESS, ...look, reducedMotion: 'reduce' })
  await page.goto('/sessions/new')
  await page.getByLabel('Handle').fill('mina')
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL('/')
  await page.goto(path, { waitUntil: 'networkidle' })
  await before?.(page)
  // This is a string, because the types of scripts do not include the DOM.
  await page.evaluate(
    `Promise.all([...document.images].filter(({ complete }) => complete).map((image) => image.decode()))`,
  )
  const picture = sharp(await page.screenshot())
  await picture.png({ palette: true, colours: 256, effort: 10 }).toFile(`${FOLDER}/${name}.png`)
}

/** Waits until the demo serves, and returns the password that it prints. */
async function passwordOf(output: ReadableStream<Uint8Array>): Promise<string> {
  let said = ''
  const decoder = new TextDecoder()
  for await (const chunk of output) {
    said += decoder.decode(chunk, { stream: true })
    const password = /password of everybody: (\S+)/.exec(said)?.[1]
    if (password && said.includes(ADDRESS)) return password
  }
  throw new Error(`The demo did not start: ${said}`)
}

const data = await mkdtemp(join(tmpdir(), 'pinhole-screenshots-'))
const demo = Bun.spawn(['dist/pinhole', 'demo', String(PORT), '--lang', 'en', '--data', data], { stdout: 'pipe' })
try {
  const password = await passwordOf(demo.stdout)
  await mkdir(FOLDER, { recursive: true })
  for (const shot of SHOTS) await shoot(shot, password)
} finally {
  demo.kill()
  await demo.exited
  await rm(data, { recursive: true })
}
process.exit()
