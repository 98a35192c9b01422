import type { Reader } from '../db/open'
import type { Cursor } from '../db/page'
import { statusOf } from '../users/json'
import { wasSuspended } from '../users/person'
import { type AccountRow, listAccounts } from '../users/staff-list'
import { inColumns } from './columns'
import type { Command } from './command'
import { withStore } from './store'

const AT_ONCE = 500

export const usersList: Command = {
  usage: '',
  about: `Lists all accounts, oldest first: the handle, the role, whether the person can sign in, the day on which they
joined and the day on which they were last seen.`,
  takes: [0, 0],
  async run({ config, answer }) {
    const people = await withStore(await config(), ({ db }) => listEverybody(db, new Date()))
    const rows = people.map((person) => ({
      id: person.id,
      handle: person.handle,
      displayName: person.displayName,
      email: person.email,
      role: person.role,
      state: stateOf(person),
      createdAt: person.createdAt.toISOString(),
      seenAt: person.seenAt?.toISOString() ?? null,
      storageUsed: person.storageUsed,
    }))
    const lines = rows.map(({ handle, role, state, createdAt, seenAt }) => [
      handle,
      role,
      state,
      createdAt.slice(0, 10),
      seenAt?.slice(0, 10) ?? 'never',
    ])
    await answer(inColumns([['handle', 'role', 'state', 'joined', 'seen'], ...lines]).join('\n'), rows)
  },
}

/** Lists all accounts in parts, since a community may be large. */
async function listEverybody(db: Reader, now: Date): Promise<AccountRow[]> {
  const host = { id: 0, role: 'admin' as const }
  const all: AccountRow[] = []
  for (let cursor: Cursor | null = null; ; ) {
    const { items, nextCursor } = await listAccounts(db, host, { cursor, limit: AT_ONCE }, { sort: 'oldest' }, now)
    all.push(...items)
    const last = items.at(-1)
    if (!nextCursor || !last) return all
    cursor = { at: last.createdAt, id: last.id }
  }
}

function stateOf(person: AccountRow): string {
  if (wasSuspended(person)) return 'suspended'
  return person.eraseAt ? 'leaving' : (statusOf(person) ?? 'active')
}
