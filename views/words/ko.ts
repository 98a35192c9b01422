import { account } from './ko/account'
import { coins } from './ko/coins'
import { earnings } from './ko/earnings'
import { gallery } from './ko/gallery'
import { mail } from './ko/mail'
import { moderation } from './ko/moderation'
import { notices } from './ko/notices'
import { payments } from './ko/payments'
import { problems } from './ko/problems'
import { push } from './ko/push'
import { staff } from './ko/staff'
import { talk } from './ko/talk'

/**
 * The Korean translations by English sentence. A test checks that they are complete, that none is unused and that none
 * is defined twice.
 */
export const ko: Record<string, string> = {
  ...push,
  ...gallery,
  ...account,
  ...staff,
  ...coins,
  ...earnings,
  ...payments,
  ...moderation,
  ...mail,
  ...notices,
  ...problems,
  ...talk,
}
