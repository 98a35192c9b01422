import { expect, test } from 'bun:test'
import type { As, TestApp } from '../../test/harness'
import { market } from '../../test/market'

/** Returns the text of each action on the page, without the markup, in the order in which they were done. */
async function said(t: Pick<TestApp, 'request'>, browser: As, language: string): Promise<string[]> {
  const page = await t.request('/admin/actions?limit=100', { browser, headers: { 'accept-language': language } })
  const rows = [...(await page.text()).matchAll(/<div class="what">(.*?)<\/div>/gs)]
  return rows.map(([, html]) => html!.replace(/<[^>]*>/g, '').replaceAll('&amp;', '&')).toReversed()
}

test('a changed setting is shown by the name of its field and with values as its form shows them', async () => {
  using m = await market()
  const change = (settings: object) => m.api(m.boss, 'PATCH /admin/settings', settings)
  const long = 'Be kind to each other, and say who is in your pictures before you share them with us. '
  const patches = [
    { announcementFor: 'everyone' },
    { limits: { posts: 1200 } },
    { approval: true },
    { undo: 'on' },
    { timeZone: 'America/New_York' },
    { locale: 'ko' },
    { accent: '#d2542a' },
    { announcementUntil: '2026-01-31' },
    { blockedDomains: ['one.example', 'two.example'] },
    { blockedDomains: null },
    { feePercent: 5 },
    { refundDays: 1 },
    { payoutMinCoins: 1500 },
    { quotaMb: 2048 },
    { moderatorQuotaMb: 4096 },
    { buyerAge: 19 },
    { adultBy: 'year' },
    { bank: { bank: 'Kookmin', account: '12-34' } },
    {
      packs: [
        { coins: 10, amount: 5000, currency: 'krw' },
        { coins: 1, amount: 150, currency: 'eur' },
      ],
    },
    { welcome: long },
    { welcome: `${long}Thank you.` },
    { welcome: `${long}\n\nThank you.` },
    { description: 'true & "null" []' },
  ]
  for (const patch of patches) expect((await change(patch)).status).toBe(200)
  const cut = long.slice(0, 80)
  const facts = (lines: string[], what: string) => lines.map((line) => line.replace(`${what} · `, ''))
  expect(facts(await said(m, m.boss, 'en'), 'Setting changed')).toEqual([
    'Who sees the announcement · Members only → Everyone, also without an account',
    'Posts per member per hour · 100 → 1,200',
    'The staff approve new members · Off → On',
    'Undo purchases · Off → On',
    'Time zone · UTC → America/New York',
    'Language · English → 한국어',
    'Accent colour · empty → #d2542a',
    'Last day of the announcement · empty → Jan 31, 2026',
    'Blocked email domains · empty → one.example, two.example',
    'Blocked email domains · one.example, two.example → empty',
    'Fee in percent · 0% → 5%',
    'Refund period in days · 14 days → 1 day',
    'Smallest payout in coins · 100 coins → 1,500 coins',
    'Storage per member in MB · 10,240 MB → 2,048 MB',
    'Storage per moderator in MB · empty → 4,096 MB',
    'Age of buyers of coins · empty → 19',
    'How that age counts · From the birthday → From the 1st of January of the year of the birthday',
    'Bank transfer · Bank: empty → Kookmin · Account number: empty → 12-34',
    'Packs · empty → 10 coins (₩5,000), 1 coin (€1.50)',
    `Welcome · empty → ${cut}…`,
    'Welcome · …share them with us. → …share them with us. Thank you.',
    `Welcome · ${cut}…`,
    'Description · empty → true & &quot;null&quot; []',
  ])
  expect(facts(await said(m, m.boss, 'ko'), '설정 변경').slice(0, 19)).toEqual([
    '공지를 볼 수 있는 사람 · 회원만 → 누구나(가입하지 않은 사람 포함)',
    '게시물 수(1인, 1시간) · 100 → 1,200',
    '새 회원을 운영진이 승인 · 사용 안 함 → 사용',
    '구매 취소 · 사용 안 함 → 사용',
    '시간대 · UTC → America/New York',
    '언어 · English → 한국어',
    '포인트 색상 · 비어 있음 → #d2542a',
    '공지 마지막 날 · 비어 있음 → 2026. 1. 31.',
    '차단할 이메일 도메인 · 비어 있음 → one.example, two.example',
    '차단할 이메일 도메인 · one.example, two.example → 비어 있음',
    '수수료(%) · 0% → 5%',
    '환불 가능 기간(일) · 14일 → 1일',
    '최소 정산 코인 · 코인 100개 → 코인 1,500개',
    '회원 1인당 저장 공간(MB) · 10,240MB → 2,048MB',
    '부관리자 1인당 저장 공간(MB) · 비어 있음 → 4,096MB',
    '코인 구매 나이 · 비어 있음 → 19',
    '나이를 세는 방법 · 생일부터 (만 나이) → 생일이 있는 해의 1월 1일부터 (연 나이)',
    '무통장입금 · 은행: 비어 있음 → Kookmin · 계좌번호: 비어 있음 → 12-34',
    '코인 상품 · 비어 있음 → 코인 10개 (5,000원), 코인 1개 (€1.50)',
  ])
})
