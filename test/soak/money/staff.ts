import { PASSWORD } from '../shop'
import { type Action, newKey } from './action'
import { give, tip } from './buyers'
import { below, one, type Person, type SoakState } from './soak-state'
import { ISSUED, REST } from './tally'

export const changeFee = (soak: SoakState): Action => ({
  by: soak.boss,
  call: 'PATCH /admin/settings',
  body: { feePercent: one([0, 7, 33, 50]) },
  done: 200,
})

export function grant(soak: SoakState, to: Person = one(soak.buyers), coins = 1 + below(50)): Action {
  const place = soak.buyers.includes(to) ? to.handle : REST
  const moves = { [place]: coins, [ISSUED]: -coins }
  return {
    by: soak.boss,
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
export function comeAndGo(soak: SoakState, leaver: Person): Action {
  const next = (action: Action | undefined, goOn: () => void) =>
    action ? void soak.followUps.push({ ...action, passing: true, after: both(action, goOn) }) : goOn()
  const leave = (): Action => ({
    by: leaver,
    call: 'DELETE /users/account',
    body: { password: PASSWORD, forfeit: true, immediately: true },
    done: 204,
    before: 401,
    after: () => void soak.gone.add(leaver),
  })
  return {
    by: null,
    call: 'POST /sessions',
    body: { handle: leaver.handle, password: PASSWORD },
    done: 201,
    after({ body }) {
      leaver.token = body.token
      next(grant(soak, leaver, 50), () =>
        next(tip(soak, leaver), () => next(give(soak, leaver), () => soak.followUps.push(leave()))),
      )
    },
  }
}

const both =
  (action: Action, goOn: () => void): NonNullable<Action['after']> =>
  (told) => {
    action.after?.(told)
    goOn()
  }
