import type { Person } from '../ports/people'

/** What the ids of a person's uploads begin with. */
export const idsOf = (owner: Pick<Person, 'id'>) => `${owner.id}-`

/** Creates an upload id that contains its owner, so that nobody else can use it. */
export const newUploadId = (owner: Pick<Person, 'id'>) => `${idsOf(owner)}${crypto.randomUUID()}`

/** What the ids of parts begin with, after their owner. A part becomes a file only together with others. */
export const PART = 'part-'

/** Creates the id of a part. */
export const newPartId = (owner: Pick<Person, 'id'>) => `${idsOf(owner)}${PART}${crypto.randomUUID()}`

/** Whether an upload is only a part of others. */
export const isPart = (uploadId: string) => new RegExp(`^\\d+-${PART}`).test(uploadId)

/** Whether this person began the upload. */
export const isUploadOf = (owner: Pick<Person, 'id'>, uploadId: string) => uploadId.startsWith(idsOf(owner))

/** The id of the person who began the upload, or NaN for a text that is no id of an upload. */
export const ownerOf = (uploadId: string) => Number.parseInt(uploadId, 10)
