import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { unpackChromium } from '../scripts/unpack-chromium'

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium-headless-shell',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

async function findBrowser() {
  if (process.env.CHROMIUM) return { executablePath: process.env.CHROMIUM }
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium()
  const executablePath = usualPaths.find(existsSync)
  if (executablePath) return { executablePath }
  throw new Error(
    'There is no browser to test with. Set CHROMIUM=/path/to/chrome, or install one. On Debian: ' +
      'apt-get install --no-install-recommends chromium fonts-nanum',
  )
}

async function launch() {
  const { executablePath, ...found } = await findBrowser()
  return chromium.launch({ executablePath, env: { ...process.env, ...('env' in found ? found.env : {}) } })
}

/**
 * A whole Chromium, which has a back-forward cache. The one that comes with the tests has none: without a window it
 * refuses to keep pages.
 */
export const wholeChromium = [process.env.CHROMIUM, ...usualPaths].find((path) => path && existsSync(path))

/** Starts a browser with the back-forward cache, which Playwright turns off. */
const launchWithCache = () =>
  chromium.launch({ executablePath: wholeChromium!, ignoreDefaultArgs: ['--disable-back-forward-cache'] })

const launches = { launch, launchWithCache }
const launched = new Map<keyof typeof launches, Promise<Browser>>()

/** The browsers of this process, which end with the process. Every test opens its own page. */
function browser(how: keyof typeof launches): Promise<Browser> {
  const started = launched.get(how) ?? launches[how]()
  launched.set(how, started)
  return started
}

type Options = Omit<BrowserContextOptions, 'locale'> & {
  device?: 'phone' | 'desktop'
  colorScheme?: 'light' | 'dark'
  locale?: 'en' | 'ko'
  /** Keeps pages for the Back button as they are. Needs `wholeChromium`. */
  backForwardCache?: boolean
}

/**
 * For tests of what moves: transitions between pages, and pictures that slide. Elsewhere nothing does, because a browser
 * without a graphics card takes three times as long for a page with the transition that leads to it.
 */
export const moving = { reducedMotion: 'no-preference' } as const

const devices: Record<'phone' | 'desktop', BrowserContextOptions> = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 } },
}

/** A page of a new visitor, without cookies. `await using page = await newPage()` closes it when the test ends. */
export async function newPage({
  device = 'desktop',
  locale = 'en',
  backForwardCache = false,
  ...options
}: Options = {}): Promise<Page> {
  const context = await (await browser(backForwardCache ? 'launchWithCache' : 'launch')).newContext({
    ...devices[device],
    locale: { en: 'en-GB', ko: 'ko-KR' }[locale],
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  page[Symbol.asyncDispose] = () => context.close()
  return page
}
