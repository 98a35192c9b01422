import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { newPage } from '../test/browser'
import { type Community, type Member, settle } from '../test/e2e/community'
import { startPinhole } from '../test/e2e/executable'
import { jpeg, type Scene } from '../test/e2e/paint'
import { until } from '../test/until'

/**
 * Takes the screenshots for the README in a small invented community with painted photos. Run it after a build:
 * `bun scripts/screenshots.ts`
 */
const FOLDER = 'docs/screenshots'

/** The screenshots are taken this much later, so that no post says "just now". */
const LATER_MS = 3 * 3600_000

const wide = { width: 1500, height: 1000 }
const square = { width: 1200, height: 1200 }
const tall = { width: 1200, height: 1500 }

async function populate(place: Community) {
  const [hills, coast, city] = ['hills', 'coast', 'city'].map((handle) => place.member(handle)) as [
    Member,
    Member,
    Member,
  ]
  const face = async (as: Member, scene: Scene, bio: string) => {
    const avatarFileId = await place.paint(as, scene, { width: 500, height: 500, seed: 12 })
    await place.call('/users/account', { as, method: 'PATCH', json: { avatarFileId, bio } })
  }
  const post = async (
    as: Member,
    caption: string,
    ...pictures: [Scene, { width: number; height: number }, number][]
  ) => {
    const fileIds: number[] = []
    for (const [scene, size, seed] of pictures) fileIds.push(await place.paint(as, scene, { ...size, seed }))
    return place.publish(as, fileIds, { caption })
  }
  await face(hills, 'bowls', 'Slow roads, small cameras.\nMostly before breakfast.')
  await face(coast, 'dunes', '')
  await face(city, 'glacier', '')
  for (const handle of ['coast', 'city'])
    await place.call('/follows/hills', { as: place.member(handle), method: 'PUT' })
  await place.call('/follows/coast', { as: hills, method: 'PUT' })
  await post(hills, 'Fog until noon.', ['forest', tall, 4])
  await post(hills, 'Plates, drying.', ['bowls', square, 5])
  await post(hills, 'Home by the last train.', ['city', tall, 3], ['city', square, 6])
  await post(hills, 'The long way round.', ['dunes', wide, 2])
  await post(hills, 'Moss, mostly.', ['moss', tall, 7])
  await post(coast, 'Nothing moved but the light.', ['sea', tall, 2])
  await post(city, '첫눈 오기 전, 마지막 산행.', ['glacier', wide, 3], ['moss', wide, 9])
  const walk = await post(
    hills,
    'Three mornings above the river. The first one was the coldest, and the one I would do again.',
    ['dawn', tall, 3],
    ['glacier', tall, 6],
    ['forest', tall, 8],
  )
  await until('the inbox', async () => (await place.call('/inbox', { as: coast })).unread > 0)
  return walk
}

type Shot = {
  name: string
  as: Member
  path: string
  device: 'phone' | 'desktop'
  colorScheme: 'light' | 'dark'
  before?: (page: Page) => Promise<unknown>
}

async function shoot(address: string, { name, as, path, before, ...look }: Shot) {
  await using page = await newPage({ baseURL: address, ...look, reducedMotion: 'reduce' })
  await page.context().addCookies([{ name: 'session', value: as.token, url: address }])
  await page.clock.setFixedTime(Date.now() + LATER_MS)
  await page.goto(path, { waitUntil: 'networkidle' })
  await before?.(page)
  // This is a string, because the types of scripts do not include the DOM.
  await page.evaluate(
    `Promise.all([...document.images].filter(({ complete }) => complete).map((image) => image.decode()))`,
  )
  const picture = sharp(await page.screenshot())
  await picture.png({ palette: true, colours: 256, effort: 10 }).toFile(`${FOLDER}/${name}.png`)
}

/** Leaves the form with two uploaded photos, one that is uploading, and a caption. */
async function compose(page: Page) {
  const files = await Promise.all(
    (['dawn', 'sea', 'city'] as const).map(async (scene) => ({
      scene,
      buffer: await jpeg(scene, { width: 900, height: 1100, seed: 3 }),
    })),
  )
  const given = files.map(({ scene, buffer }) => ({ name: `${scene}.jpg`, mimeType: 'image/jpeg', buffer }))
  const input = page.getByLabel('Choose photos')
  await input.setInputFiles(given.slice(0, 2))
  await page.locator('.file.ready').nth(1).waitFor()
  await page.route('**/api/uploads/**', () => {}) // never answered, so the upload stays in progress
  await input.setInputFiles(given.slice(2))
  await page.locator('.file.pending .local').waitFor()
  await page.getByLabel('Caption').fill('Three evenings on the road.')
}

const pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
try {
  const place = await settle(pinhole, { hills: 'Hills', coast: '바다', city: 'City' })
  const walk = await populate(place)
  const [hills, coast] = [place.member('hills'), place.member('coast')]
  await mkdir(FOLDER, { recursive: true })
  const view = async (page: Page) => {
    await page.locator('a[data-photo]').first().click()
    await page.getByRole('dialog').getByText('1 / 3').waitFor()
    await page.evaluate(`document.querySelector('#viewer .large').decode()`)
  }
  const shots: Shot[] = [
    { name: 'home-desktop-light', as: coast, path: '/', device: 'desktop', colorScheme: 'light' },
    { name: 'home-phone-dark', as: coast, path: '/', device: 'phone', colorScheme: 'dark' },
    { name: 'viewer-phone', as: coast, path: `/posts/${walk}`, device: 'phone', colorScheme: 'dark', before: view },
    { name: 'new-post', as: hills, path: '/posts/new', device: 'desktop', colorScheme: 'light', before: compose },
    { name: 'profile', as: coast, path: '/users/hills', device: 'desktop', colorScheme: 'dark' },
  ]
  for (const shot of shots) await shoot(pinhole.address, shot)
} finally {
  await pinhole.stop()
}
process.exit()
