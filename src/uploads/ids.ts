import type { Person } from '../ports/people'

/** What the ids of a person's uploads begin with. */
export const idsOf = (owner: Pick<Person, 'id'>) => `${owner.id}-`

/** Creates an upload id that contains its owner, so that nobody else can use it. */
export const newUploadId = (owner: Pick<Person, 'id'>) => `${idsOf(owner)}${crypto.randomUUID()}`
export const isUploadOf = (owner: Pick<Person, 'id'>, uploadId: string) => uploadId.startsWith(idsOf(owner))
export const ownerOf = (uploadId: string) => Number.parseInt(uploadId, 10)
