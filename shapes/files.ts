import { z } from 'zod'
import { editShape } from './edits'
import { object } from './object'

const renditionSchema = object(() => ({
  url: z.string(),
  type: z.string(),
  width: z.int(),
  height: z.int(),
  qualities: z
    .array(z.int())
    .optional()
    .describe('For `hls`: the qualities, by the shorter sides of their pictures, the largest first.'),
  every: z
    .int()
    .optional()
    .describe('For `scrub`: how many seconds lie between two of its pictures, which stand below each other.'),
})).meta({ id: 'Rendition' })

export const fileSchema = object(() => ({
  id: z.int(),
  kind: z.enum(['image', 'video']),
  name: z.string().optional().describe('The name of the uploaded file. Only its owner sees it.'),
  status: z.enum(['processing', 'ready', 'failed']),
  progress: z.number().min(0).max(1),
  error: object(() => ({ code: z.string(), message: z.string() })).nullable(),
  note: object(() => ({ code: z.string(), message: z.string() }))
    .nullable()
    .optional()
    .describe('What was left out of a file that is ready, such as its sound. Only its owner sees it.'),
  width: z.int().nullable(),
  height: z.int().nullable(),
  duration: z.number().nullable(),
  altText: z.string().nullable(),
  placeholder: z.string().nullable(),
  renditions: z.record(z.string(), renditionSchema),
  captions: z
    .array(object(() => ({ language: z.string(), url: z.string() })))
    .optional()
    .describe('The captions of a video in each language (BCP 47), as WebVTT.'),
  postId: z.int().nullable(),
  bytes: z.int().optional().describe('The size of the original. Only its owner sees it.'),
  sha256: z.string().nullable().optional().describe('The hash of the original in hex. Only its owner sees it.'),
  createdAt: z.iso.datetime().optional().describe('When it was uploaded. Only its owner sees it.'),
  ...object(() => editShape).partial().shape,
  original: object(() => ({ width: z.int(), height: z.int(), duration: z.number().nullable() }))
    .nullable()
    .optional()
    .describe('The upright original before anything was cut away. Only its owner sees it.'),
})).meta({ id: 'File' })

export type FileJson = z.infer<typeof fileSchema>
