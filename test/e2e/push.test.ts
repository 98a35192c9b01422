import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type Serving, servePinhole } from '../process'
import { type Community, settle } from './community'
import { expectQuietConsoles, visit } from './visit'

let dir: string
let server: Serving
let place: Community
expectQuietConsoles()

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  server = await servePinhole(dir, { env: { PINHOLE_PUSH_ALLOW_PRIVATE: '1', PINHOLE_LOG: 'text' } })
  place = await settle(
    { address: server.address.replace('127.0.0.1', 'localhost'), setupUrl: server.setupUrl! },
    { ann: 'Ann', ben: 'Ben' },
  )
})
afterAll(async () => {
  await server.stop('SIGKILL')
  rmSync(dir, { recursive: true })
})

const open = async (path: string, options = {}) => {
  const page = await visit(place.address, {
    token: place.member('ann').token,
    permissions: ['notifications'],
    ...options,
  })
  await page.goto(path)
  await page.evaluate(() => navigator.serviceWorker.ready)
  return page
}

async function push(page: Page, payload: object) {
  const devtools = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) =>
    devtools.on(
      'ServiceWorker.workerRegistrationUpdated',
      ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId),
    ),
  )
  await devtools.send('ServiceWorker.enable')
  const origin = new URL(page.url()).origin
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin,
    registrationId: await registered,
    data: JSON.stringify(payload),
  })
}

test('a service worker receives pushes and shows each one with its tag', async () => {
  const page = await open('/push/subscriptions')
  const [worker] = page.context().serviceWorkers()
  // Headless Chromium cannot show notifications, with or without permission. So this records what it is asked to show.
  await worker!.evaluate(() => {
    const asked: object[] = []
    Object.assign(globalThis, { asked })
    Object.assign(Object.getPrototypeOf(navigator), { setAppBadge: undefined }) // there is no icon to put a badge on
    Object.assign(Object.getPrototypeOf((globalThis as never as { registration: object }).registration), {
      showNotification: async (title: string, { tag, body, data }: NotificationOptions) =>
        void asked.push({ title, tag, body, data }),
    })
  })
  const payload = { kind: 'post', title: 'Ann posted something new.', body: 'A boat', url: '/posts/1', tag: 'post-1' }
  await push(page, payload)
  await page.getByText('Ann posted something new.').waitFor()
  await push(page, { ...payload, title: 'Ann posted again.' })
  await page.getByText('Ann posted again.').waitFor()
  const shown = { tag: 'post-1', body: 'A boat', data: '/posts/1' }
  expect(await worker!.evaluate(() => (globalThis as never as { asked: object[] }).asked)).toEqual([
    { ...shown, title: 'Ann posted something new.' },
    { ...shown, title: 'Ann posted again.' },
  ])
  await page.context().close()
})

test('if the browser shows no notifications, an open page shows the push', async () => {
  const page = await open('/')
  expect(await page.evaluate(() => Notification.permission)).toBe('denied')
  await push(page, { kind: 'like', title: 'Ann liked your post.', body: '', url: '/posts/1', tag: 'notice-1' })
  await page.getByText('Ann liked your post.').waitFor()
  await page.context().close()
})

test('without a network, our own offline page is shown', async () => {
  const page = await open('/', { cutOff: true })
  await page.waitForFunction(async () => !!(await caches.match('/offline')))
  await page.context().setOffline(true)
  await page.goto('/inbox')
  expect(await page.getByRole('heading').innerText()).toBe('You are offline')
  expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px')
  await page.context().setOffline(false)
  await page.getByRole('button').click()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  await page.context().close()
})

/** Shares a photo as a phone does, or as another site that imitates one. */
async function share(page: Page) {
  await page.waitForFunction(() => !!navigator.serviceWorker.controller)
  const bytes = await Bun.file(join(import.meta.dir, '../../docs/screenshots/viewer-phone.png')).bytes()
  await page.evaluate((picture) => {
    const form = document.createElement('form')
    Object.assign(form, { method: 'post', action: '/posts/new', enctype: 'multipart/form-data' })
    const [file, text] = [document.createElement('input'), document.createElement('input')]
    Object.assign(file, { type: 'file', name: 'file' })
    Object.assign(text, { name: 'text', value: 'From my phone' })
    const transfer = new DataTransfer()
    transfer.items.add(
      new File([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))], 'shared.png', { type: 'image/png' }),
    )
    file.files = transfer.files
    form.append(file, text)
    document.body.append(form)
    form.submit()
  }, bytes.toBase64())
  await page.waitForURL('**/posts/new?shared')
}

test('photos shared from a phone are uploaded in a new post, also after signing in first', async () => {
  const page = await open('/posts/new')
  await page.addInitScript(() => {
    const asked = matchMedia
    const standalone = '(display-mode: standalone)'
    Object.assign(globalThis, {
      matchMedia: (query: string) => (query === standalone ? { matches: true } : asked(query)),
    })
  })
  await share(page)
  await page.locator('.file[data-file]').waitFor()
  expect(await page.locator('textarea[name=caption]').inputValue()).toBe('From my phone')
  expect(await page.evaluate(() => caches.has('shared'))).toBe(false)
  await page.context().close()
})

test('outside of the installed app, a form of another site uploads nothing', async () => {
  const page = await open('/posts/new', { token: place.member('ben').token })
  await share(page)
  await page.waitForFunction(async () => !(await caches.has('shared')))
  expect(await page.locator('textarea[name=caption]').inputValue()).toBe('')
  expect(await page.locator('#files > *').count()).toBe(0)
  await page.context().close()
})

test('the next person who signs in on a browser finds no drafts or shared files of the previous one', async () => {
  const page = await open('/posts/new')
  const caption = page.locator('textarea[name=caption]')
  const saved = page.waitForResponse((answer) => !!answer.request().postData()?.includes('Mine alone'))
  await caption.fill('Mine alone')
  await saved
  await page.reload()
  expect(await caption.inputValue()).toBe('Mine alone')
  await page.evaluate(async () => {
    const headers = { 'x-until': String(Date.now() - 1) }
    await (await caches.open('shared')).put('/shared/text', new Response('From a phone', { headers }))
  })
  await page.context().addCookies([{ name: 'session', value: place.member('ben').token, url: place.address }])
  await page.goto('/posts/new')
  await page.waitForFunction(async () => !(await caches.has('shared')))
  expect(await caption.inputValue()).toBe('')
  await page.context().close()
})
