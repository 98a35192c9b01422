import { PASSWORD } from '../shop'
import { give, tip } from './buyers'
import { type Deed, newKey } from './deed'
import { below, type Fair, one, type Person } from './fair'
import { ISSUED, REST } from './tally'

export const changeFee = (fair: Fair): Deed => ({
  by: fair.boss,
  call: 'PATCH /admin/settings',
  body: { feePercent: one([0, 7, 33, 50]) },
  done: 200,
})

export function grant(fair: Fair, to: Person = one(fair.buyers), coins = 1 + below(50)): Deed {
  const place = fair.buyers.includes(to) ? to.handle : REST
  const moves = { [place]: coins, [ISSUED]: -coins }
  return {
    by: fair.boss,
    call: `POST /admin/users/${to.handle}/grants`,
    body: { coins },
    key: newKey(),
    done: 201,
    moves,
  }
}

/**
 * A person who signs in, receives coins, spends some and leaves with the rest. If the session has ended, the account
 * was deleted.
 */
export function comeAndGo(fair: Fair, leaver: Person): Deed {
  const next = (deed: Deed | undefined, goOn: () => void) =>
    deed ? void fair.waiting.push({ ...deed, passing: true, after: both(deed, goOn) }) : goOn()
  const leave = (): Deed => ({
    by: leaver,
    call: 'DELETE /users/account',
    body: { password: PASSWORD, forfeit: true },
    done: 204,
    before: 401,
    after: () => void fair.gone.add(leaver),
  })
  return {
    by: null,
    call: 'POST /sessions',
    body: { handle: leaver.handle, password: PASSWORD },
    done: 201,
    after({ body }) {
      leaver.token = body.token
      next(grant(fair, leaver, 50), () =>
        next(tip(fair, leaver), () => next(give(fair, leaver), () => fair.waiting.push(leave()))),
      )
    },
  }
}

const both =
  (deed: Deed, goOn: () => void): NonNullable<Deed['after']> =>
  (told) => {
    deed.after?.(told)
    goOn()
  }
