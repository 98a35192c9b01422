import { afterEach, expect } from 'bun:test'
import type { BrowserContext, Page } from 'playwright-core'
import { newPage } from '../browser'

type Options = Parameters<typeof newPage>[0] & {
  /** Signed in with this session's token. */
  token?: string
  /** Statuses that belong to the story; any other 4xx and 5xx the browser speaks of is a fault. */
  expecting?: number[]
  /** The network goes at some time. */
  cutOff?: boolean
}

/** The browser's own word when a page is left before it has come in wholly, as tests do; no script of the page asked for it. */
const SKIPPED = 'Transition was skipped'

let faults: string[] = []

/** A page at this address whose console must stay silent: no error, no refusal by the content security policy. */
export async function visit(
  address: string,
  { token, expecting = [], cutOff, ...options }: Options = {},
): Promise<Page> {
  const page = await newPage({ baseURL: address, ...options })
  if (token) await signIn(page.context(), address, token)
  page.on('pageerror', ({ message }) => message !== SKIPPED && faults.push(`${page.url()}: ${message}`))
  page.on('console', (message) => {
    const status = Number(/the server responded with a status of (\d+)/.exec(message.text())?.[1])
    if (message.type() !== 'error' || expecting.includes(status)) return
    if (!(cutOff && /net::ERR_/.test(message.text())))
      faults.push(`${page.url()}: ${message.text()} ${message.location().url}`)
  })
  return page
}

const signIn = (context: BrowserContext, url: string, token: string) =>
  context.addCookies([{ name: 'session', value: token, url }])

/** Call once a file. */
export const expectQuietConsoles = () =>
  afterEach(() => {
    const said = faults
    faults = []
    expect(said).toEqual([])
  })
