import { z } from 'zod'
import { postSchema } from '../posts/json'
import { userSchema } from '../users/json'

export const notificationSchema = z
  .object({
    id: z.int(),
    kind: z.enum(['follow', 'post', 'file_failed']),
    at: z.iso.datetime(),
    read: z.boolean(),
    count: z.int(),
    actors: z.array(userSchema),
    post: postSchema.optional(),
    url: z.string(),
  })
  .meta({ id: 'Notification' })
export type NotificationJson = z.infer<typeof notificationSchema>
