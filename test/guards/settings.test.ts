import { expect, test } from 'bun:test'
import { defaults, type Settings } from '../../shapes/settings'
import { settingNames } from '../../views/admin/setting-names'
import { createTranslate } from '../../views/words'
import { LOCALES } from '../../views/words/dictionaries'
import { pairPhone } from '../authenticator'
import { testApp } from '../harness'
import { PASSWORD } from '../mail-app'
import { photo } from '../photos'

const root = new URL('../../', import.meta.url).pathname

/** Settings without a field on the page, and where they are changed instead. */
const ELSEWHERE: Record<string, string> = {
  mark: 'By uploading a picture in a form of its own, above the settings.',
  packs: 'On a page of their own, /admin/packs, where each pack is added and removed by itself.',
}

test('every setting has a field on the page Settings, or is changed elsewhere', async () => {
  using t = await testApp()
  const page = await t.request('/admin/settings', { browser: await t.user('boss', { role: 'admin' }) })
  const fields = new Set([...(await page.text()).matchAll(/ name="([\w.]+)"/g)].map(([, name]) => name))
  const { limits, bank, ...others } = defaults
  const inGroups = Object.entries({ limits, bank }).flatMap(([group, of]) =>
    Object.keys(of).map((name) => `${group}.${name}`),
  )
  const settings = [...Object.keys(others), ...inGroups]
  expect(settings.length).toBeGreaterThan(20)
  expect(settings.filter((name) => !fields.has(name))).toEqual(Object.keys(ELSEWHERE))
})

/** The fields of a page by their names, with their labels. */
const labelsIn = (page: string) =>
  [...page.matchAll(/<label class="(?:field|switch)">(.*?)<\/label>/gs)].map(([, field = '']): [string, string] => [
    / name="([\w.]+)"/.exec(field)?.[1] ?? '',
    (/<span class="label">(.*?)<\/span>/.exec(field) ?? /<span>(.*?)</.exec(field))?.[1] ?? '',
  ])

for (const locale of LOCALES)
  test(`${locale}: the fields of the page Settings have the names by which the list of actions calls the settings`, async () => {
    using t = await testApp()
    const boss = await t.user('boss', { role: 'admin' })
    const page = await t.request('/admin/settings', { browser: boss, headers: { 'accept-language': locale } })
    const labels = Object.fromEntries(labelsIn(await page.text()))
    const names: Record<string, string> = settingNames(createTranslate(locale))
    const others = [...Object.keys(ELSEWHERE), 'bank']
    const expected = Object.entries(names).filter(([name]) => !others.includes(name))
    expect(expected.length).toBeGreaterThan(20)
    expect(expected.filter(([name, label]) => labels[name] !== label)).toEqual([])
  })

/** Another value of every setting than the default, except for the logo, which is uploaded. */
const CHANGED: { [K in Exclude<keyof Settings, 'mark'>]: Settings[K] } = {
  siteName: '사진',
  accent: '#123456',
  securityContact: 'https://example.org/',
  business: '사업자',
  description: '소개',
  welcome: '환영',
  announcement: '공지',
  announcementFor: 'everyone',
  announcementUntil: '2030-01-31',
  locale: 'ko',
  timeZone: 'Asia/Tokyo',
  access: 'public',
  registration: 'open',
  approval: true,
  confirmEmail: true,
  allowedDomains: ['example.org'],
  blockedDomains: ['example.com'],
  staffSecondFactor: true,
  guestLinks: 'off',
  adultAge: 20,
  adultBy: 'year',
  ageProof: 'staff',
  coins: 'off',
  packs: [{ coins: 10, amount: 5000, currency: 'krw' }],
  bank: { bank: '은행', account: '12-34', holder: '김민수', note: '안내' },
  feePercent: 5,
  refundDays: 7,
  refundText: '환불',
  undo: 'on',
  buyerAge: 19,
  payouts: 'on',
  payoutHoldDays: 7,
  payoutMinCoins: 10,
  graceDays: 7,
  maxUploadMb: 100,
  quotaMb: 100,
  moderatorQuotaMb: 200,
  adminQuotaMb: 300,
  minFreeMb: 100,
  limits: Object.fromEntries(
    Object.entries(defaults.limits).map(([name, value]) => [name, value + 1]),
  ) as Settings['limits'],
}

/** Values that are no identifiers, although they are written in Latin letters. */
const WRITTEN = /#123456|https:\/\/example\.org\/|example\.(?:org|com)|Asia\/Tokyo|UTC|English|IP|MB|Pinhole/g

test('the list of actions shows every setting by its name, and no identifier of the source', async () => {
  using t = await testApp()
  const boss = await t.user('boss', { role: 'admin', password: PASSWORD })
  await pairPhone(t, boss)
  const logo = new FormData()
  logo.append('file', new File([new Uint8Array(await photo({ width: 80 }).png().toBuffer())], 'logo.png'))
  expect((await t.request('/api/admin/settings/mark', { method: 'PUT', as: boss, body: logo })).ok).toBe(true)
  expect((await t.api(boss, 'PATCH /admin/settings', CHANGED)).status).toBe(200)
  const shown = async (locale: string) => {
    const query = '/admin/actions?kind=setting_changed&limit=100'
    const page = await t.request(query, { browser: boss, headers: { 'accept-language': locale } })
    return [...(await page.text()).matchAll(/<div class="what">(.*?)<\/div>/gs)].map(([, html = '']) =>
      html.replace(/<[^>]*>/g, '').split(' · '),
    )
  }
  const { limits, ...others } = defaults
  const settings = [...Object.keys(others), ...Object.keys(limits).map((name) => `limits.${name}`)]
  for (const locale of LOCALES) {
    const names: Record<string, string> = settingNames(createTranslate(locale))
    const said = (await shown(locale)).map(([, name]) => name!)
    expect(said.sort()).toEqual(settings.map((name) => names[name]!).sort())
  }
  const korean = (await shown('ko')).map((facts) => facts.join(' · '))
  expect(korean.filter((text) => /[a-z]|[[\]{}"]|&quot;/i.test(text.replace(WRITTEN, '')))).toEqual([])
})

/** The names in backticks at the beginning of the rows of a table. */
const namesIn = (docs: string, row: RegExp, name: RegExp) =>
  [...docs.matchAll(row)].flatMap(([, cell = '']) => [...cell.matchAll(name)].map(([, found]) => found!)).sort()
const docsOf = (path: string) => Bun.file(`${root}docs/${path}`).text()

for (const path of ['running.md', 'ko/running.md'])
  test(`every variable that the program reads has a line in docs/${path}, and no other has one`, async () => {
    const config = await Bun.file(`${root}src/config-schema.ts`).text()
    const read = [...config.matchAll(/^ {2}(PINHOLE_\w+):/gm)].map(([, name]) => name!)
    expect(read.length).toBeGreaterThan(20)
    expect(namesIn(await docsOf(path), /^\| (`PINHOLE_.*?) \|/gm, /`(PINHOLE_\w+)`/g)).toEqual(read.sort())
  })

test('the Korean page about running describes the commands and has the sections of the English one', async () => {
  const pages = await Promise.all(['running.md', 'ko/running.md'].map(docsOf))
  const [english, korean] = pages.map((text) => ({
    commands: namesIn(text, /^\| (`pinhole.*?) \|/gm, /`(pinhole[^`]*)`/g),
    sections: [...text.matchAll(/^## /gm)].length,
  }))
  expect(english!.commands.length).toBeGreaterThan(20)
  expect(korean).toEqual(english!)
})
