import { z } from 'zod'
import { later, object } from './object'

const bytes = later(() => z.int().describe('In bytes.'))

const spaceSchema = object(() => ({
  originals: bytes(),
  renditions: bytes(),
  database: bytes(),
  uploads: bytes().describe('Uploads that are under way.'),
  exports: bytes().describe('Zips of what members take along, which are deleted after a week.'),
  backups: bytes().describe('Backups on the same disk.'),
}))

export const statisticsSchema = object(() => ({
  days: z.array(
    object(() => ({
      day: z.iso.date(),
      people: z.int().describe('People who joined.'),
      posts: z.int().describe('Posts that were published.'),
      coins: z.int().describe('Coins paid for posts.'),
      jobsDone: z.int(),
      jobsFailed: z.int(),
      pushesSent: z.int(),
      pushesFailed: z.int(),
      space: spaceSchema.nullable().describe('Null for days on which nothing was measured.'),
    })),
  ),
  diskFreeBytes: bytes(),
  diskSizeBytes: bytes(),
  forecast: object(() => ({
    bytesADay: z.int().describe('How much free space the disk loses a day; negative when it gains some.'),
    daysLeft: z.int().nullable().describe('Until uploads are refused; null when the disk does not fill.'),
  }))
    .nullable()
    .describe('Null during the first days, in which too little was measured.'),
})).meta({ id: 'Statistics' })

export type StatisticsJson = z.infer<typeof statisticsSchema>
export type SpaceKind = keyof z.infer<typeof spaceSchema>
