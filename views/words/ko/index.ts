import type { Dictionary } from '../forms'
import { account } from './account'
import { actions } from './actions'
import { adults } from './adults'
import { appeals } from './appeals'
import { apps } from './apps'
import { coins } from './coins'
import { earnings } from './earnings'
import { gallery } from './gallery'
import { hooks } from './hooks'
import { jobs } from './jobs'
import { joining } from './joining'
import { leaving } from './leaving'
import { mail } from './mail'
import { mine } from './mine'
import { moderation } from './moderation'
import { notices } from './notices'
import { passkeys } from './passkeys'
import { payments } from './payments'
import { people } from './people'
import { problems } from './problems'
import { push } from './push'
import { search } from './search'
import { secondFactor } from './second-factor'
import { staff } from './staff'
import { statistics } from './statistics'
import { talk } from './talk'
import { wordList } from './word-list'

/**
 * The Korean translations by English sentence. A test checks that they are complete, that none is unused and that none
 * is defined twice.
 */
export const ko: Dictionary = {
  ...push,
  ...gallery,
  ...account,
  ...adults,
  ...staff,
  ...statistics,
  ...people,
  ...jobs,
  ...joining,
  ...wordList,
  ...appeals,
  ...actions,
  ...coins,
  ...earnings,
  ...payments,
  ...mine,
  ...leaving,
  ...moderation,
  ...mail,
  ...notices,
  ...problems,
  ...secondFactor,
  ...passkeys,
  ...talk,
  ...search,
  ...apps,
  ...hooks,
}
