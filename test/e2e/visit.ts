import { afterEach, expect } from 'bun:test'
import type { BrowserContext, Page } from 'playwright-core'
import { newPage } from '../browser'

type Options = Parameters<typeof newPage>[0] & {
  /** Signs in with this session token. */
  token?: string
  /** Error statuses that the test expects, anywhere or at one path. Any other 4xx or 5xx in the console is a fault. */
  expecting?: (number | [status: number, path: string])[]
  /** Whether the test goes offline, so that network errors are expected. */
  cutOff?: boolean
}

/** Chromium logs this when a page is left before its transition ends. No script of ours causes it. */
const SKIPPED = /^Transition was (skipped|aborted because of invalid state)/

let faults: string[] = []

/**
 * Opens a page at this address. Anything in its console, such as an error or a content security policy violation, fails
 * the test.
 */
export async function visit(
  address: string,
  { token, expecting = [], cutOff, ...options }: Options = {},
): Promise<Page> {
  const page = await newPage({ baseURL: address, ...options })
  if (token) await signIn(page.context(), address, token)
  page.on('pageerror', ({ message }) => !SKIPPED.test(message) && faults.push(`${page.url()}: ${message}`))
  page.on('console', (message) => {
    const status = Number(/the server responded with a status of (\d+)/.exec(message.text())?.[1])
    const path = URL.parse(message.location().url)?.pathname
    const isExpected = expecting.some((each) =>
      typeof each === 'number' ? each === status : each[0] === status && each[1] === path,
    )
    if (message.type() !== 'error' || isExpected) return
    if (!(cutOff && /net::ERR_/.test(message.text())))
      faults.push(`${page.url()}: ${message.text()} ${message.location().url}`)
  })
  return page
}

const signIn = (context: BrowserContext, url: string, token: string) =>
  context.addCookies([{ name: 'session', value: token, url }])

/** Waits until the service worker has taken over, because at that moment the browser drops the pages that it keeps. */
export async function untilPagesAreKept(page: Page) {
  await page.goto('/')
  await page.waitForFunction(() => navigator.serviceWorker.controller)
}

/** Call this once per test file. */
export const expectQuietConsoles = () =>
  afterEach(() => {
    const said = faults
    faults = []
    expect(said).toEqual([])
  })
