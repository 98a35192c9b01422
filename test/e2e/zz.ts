import { startPinhole } from './executable'
import { fillCommunity } from './every-page'
import { newPage } from '../browser'
const pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
const { pages } = await fillCommunity(pinhole)
for (const [device, locale, colorScheme] of [['phone','ko','light'],['desktop','en','dark']] as const) {
  const page = await newPage({ device, locale, colorScheme })
  for (const p of pages.filter(({ name }) => /^(post|menu of a post|library|order of collections)$/.test(name))) {
    await page.context().clearCookies()
    if (p.as) await page.context().addCookies([{ name: 'session', value: p.as.token, url: pinhole.address }])
    await page.goto(pinhole.address + p.path); await page.waitForTimeout(300)
    await page.screenshot({ path: `/tmp/shots/z-${device}-${p.name.replaceAll(' ', '_')}.png` })
  }
}
await pinhole.stop(); process.exit(0)
