import { type Context, Hono } from 'hono'
import type { AccountJson } from '../../shapes/users'
import {
  EmailPage,
  LanguagePage,
  LeavingPage,
  PrivacyPage,
  ProfilePage,
  SecurityPage,
} from '../../views/users/account-pages'
import { atStake } from '../coins/forfeit'
import type { Env } from '../context'
import type { Html } from '../http/format'
import { reply } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { accountJson } from './json'

const shows = (Page: (props: { account: AccountJson }) => Html) => (c: Context<Env>) => {
  const account = accountJson(viewer(c), viewerContextOf(c), c.var.app.settings())
  return reply(c, { json: () => account, page: () => <Page account={account} /> })
}

/** The pages behind the rows of the account. Their forms send to the account itself. */
export const accountPages = new Hono<Env>()
  .get('/profile', shows(ProfilePage))
  .get('/email', shows(EmailPage))
  .get('/language', shows(LanguagePage))
  .get('/privacy', shows(PrivacyPage))
  .get('/security', shows(SecurityPage))
  .get('/leaving', async (c) => {
    const { db, settings } = c.var.app
    const { graceDays } = settings()
    const coins = await atStake(db, viewer(c))
    return reply(c, {
      json: () => ({ coins, graceDays }),
      page: () => <LeavingPage atStake={coins} graceDays={graceDays} />,
    })
  })
