import { until } from '../until'
import { jpeg, type Scene } from './paint'

export const PASSWORD = 'a long enough password'

export type Community = Awaited<ReturnType<typeof settle>>
export type Member = { handle: string; token: string }

type Call = { method?: string; as?: Member; json?: unknown; body?: FormData }

/** Calls the JSON API. */
const caller =
  (address: string) =>
  // biome-ignore lint/suspicious/noExplicitAny: the type of a response depends on the call
  async (path: string, { method, as, json, body }: Call = {}): Promise<any> => {
    const answer = await fetch(`${address}/api${path}`, {
      method: method ?? (json === undefined && body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(as && { authorization: `Bearer ${as.token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body !== undefined && { body }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method ?? ''} ${path}: ${answer.status} ${text}`)
    return text && JSON.parse(text)
  }

/** Sets up a new community with an administrator and members who register with one invite. */
export async function settle(
  { address, setupUrl }: { address: string; setupUrl: string },
  names: Record<string, string>,
) {
  const call = caller(address)
  const enter = async (handle: string): Promise<Member> => {
    const { token } = await call('/sessions', { json: { handle, password: PASSWORD } })
    return { handle, token }
  }
  const token = new URL(setupUrl).searchParams.get('token')
  await call('/setup', { json: { token, handle: 'keeper', displayName: 'Keeper', password: PASSWORD } })
  const keeper = await enter('keeper')
  const invite = await call('/invites', { as: keeper, json: { uses: Object.keys(names).length } })
  const members: Record<string, Member> = { keeper }
  for (const [handle, displayName] of Object.entries(names)) {
    await call('/users', { json: { handle, displayName, password: PASSWORD, invite: invite.token } })
    members[handle] = await enter(handle)
  }

  let painted = 0
  return {
    address,
    call,
    enter,
    member(handle: string): Member {
      const member = members[handle]
      if (!member) throw new Error(`There is no member ${handle}.`)
      return member
    },
    async upload(as: Member, bytes: Uint8Array, name: string) {
      const form = new FormData()
      form.append('file', new File([new Uint8Array(bytes)], name))
      const file = await call('/files', { as, body: form })
      return file.id as number
    },
    async paint(as: Member, scene: Scene, options?: Parameters<typeof jpeg>[1]) {
      painted++
      return this.upload(as, await jpeg(scene, options), `${scene}-${painted}.jpg`)
    },
    /** Publishes a post and waits until it is published. */
    async publish(
      as: Member,
      fileIds: number[],
      post: { caption?: string; price?: number; visibility?: string; sensitive?: boolean; adultsOnly?: boolean } = {},
    ) {
      const { id } = await call('/posts', { as, json: { caption: '', ...post, fileIds } })
      await until(`post ${id} to be published`, async () => (await call(`/posts/${id}`, { as })).status === 'published')
      return id as number
    },
  }
}
