import { type Action, newKey } from './action'
import { from } from './buyers'
import { below, one, PRICE, type SoakState } from './soak-state'

/**
 * Buys a link for a guest. Then its giver ends it unopened and gets the coins back, or a guest opens it first, so that
 * ending it gives nothing back, or it stays.
 */
export function giveLook(soak: SoakState): Action | undefined {
  const by = one(soak.buyers)
  const postId = soak.offered.get(by)!.at(-1)
  if (postId === undefined) return
  const end = (id: number, coins: number): Action => ({
    by,
    call: `DELETE /looks/${id}`,
    done: 204,
    moves: from(soak, by, -coins),
  })
  const open = (id: number, url: string): Action => ({
    by: null,
    call: `POST /looks/${url.split('/').at(-1)}`,
    done: 200,
    // The answer to the first attempt was lost, and with it the cookie of the browser that opened the link.
    refused: ['opened_elsewhere'],
    after: () => void soak.followUps.push(end(id, 0)),
  })
  return {
    by,
    call: 'POST /looks',
    body: { postId, price: PRICE, times: 1 + below(3) },
    key: newKey(),
    done: 201,
    refused: ['insufficient_coins', 'too_many_looks'],
    moves: from(soak, by, PRICE),
    // The signature in the link is made anew for each answer.
    lasting: ({ id, coins, times }) => [id, coins, times],
    after({ done, body }) {
      if (done && below(4)) soak.followUps.push(below(2) ? end(body.id, PRICE) : open(body.id, body.url))
    },
  }
}
