import type { OpenAPIV3_1 } from 'openapi-types'

type Schema = Record<string, unknown>
type Header = { description: string; required?: boolean; schema: Schema }
type Parameter = Header & { name: string; in: string }
type Answer = { description: string; headers?: Record<string, Header>; content?: object }
type Operation = {
  operationId: string
  summary: string
  description?: string
  parameters?: Parameter[]
  requestBody?: object
  responses: Record<string, Answer>
}

const text: Schema = { type: 'string' }
const count: Schema = { type: 'integer', minimum: 0 }

const header = (name: string, description: string, schema: Schema = text, required = false): Parameter => ({
  name,
  in: 'header',
  required,
  schema,
  description,
})

const version = header('Tus-Resumable', 'The version of the protocol.', { const: '1.0.0' }, true)
const checksum = header(
  'Upload-Checksum',
  'The name of a hash (`sha1`, `sha256` or `md5`), a space, and the hash of the bytes of this request in Base64.',
)
const metadata = header(
  'Upload-Metadata',
  'Pairs of a name and a value in Base64, separated by commas. `filename` is kept.',
)
const length = header('Upload-Length', 'The length of the whole upload in bytes.', count)

const says: Record<string, Header> = {
  'Tus-Resumable': { description: 'The version of the protocol.', required: true, schema: { const: '1.0.0' } },
  'Upload-Offset': { description: 'How many bytes have arrived.', schema: count },
  'Upload-Length': { description: 'The length of the upload, once it is known.', schema: count },
  'Upload-Defer-Length': { description: '1 while the length is not known.', schema: { const: '1' } },
  'Upload-Metadata': { description: 'What was sent when the upload began.', schema: text },
  'Upload-Concat': { description: 'Whether this is a part, or of which parts it was made.', schema: text },
  'Upload-Expires': { description: 'When an unfinished upload is deleted (HTTP date).', schema: text },
  'Content-Location': {
    description: 'The address of the file that the upload became, once all bytes have arrived.',
    schema: { type: 'string', pattern: '^/api/files/[0-9]+$' },
  },
  Allow: { description: 'The methods that the address has.', required: true, schema: text },
  'Tus-Version': { description: 'The versions that the server speaks.', required: true, schema: text },
  'Tus-Extension': { description: 'The extensions that the server has.', required: true, schema: text },
  'Tus-Max-Size': { description: 'The largest upload in bytes.', required: true, schema: count },
  'Tus-Checksum-Algorithm': { description: 'The hashes of `Upload-Checksum`.', required: true, schema: text },
}
const headers = (...names: string[]) =>
  Object.fromEntries(['Tus-Resumable', ...names].map((name) => [name, says[name]!]))

const problem = (description: string, more: Record<string, Header> = {}): Answer => ({
  description,
  headers: { ...headers(), ...more },
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})
const refused: Record<string, Answer> = {
  412: problem('This version of the protocol is not spoken here.', { 'Tus-Version': says['Tus-Version']! }),
}
const mismatch = { 460: problem('The bytes do not have the hash of `Upload-Checksum`, and were not kept.') }
/** `docs/complete.ts` describes these as it does for all calls. */
const usual = (...statuses: number[]) => Object.fromEntries(statuses.map((status) => [status, problem('')]))

const bytes = {
  description: 'Bytes of the upload.',
  content: { 'application/offset+octet-stream': { schema: { type: 'string', format: 'binary' } } },
}
const id: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  schema: text,
  description: 'The name of the upload, from the `Location` of its beginning.',
}
const parts: Parameter = {
  name: 'parts',
  in: 'query',
  schema: text,
  description: 'The names of the parts that it was made of, as `Location` said.',
}

const offer: Operation = {
  operationId: 'optionsApiUploads',
  summary: 'Get the version and the extensions of the tus protocol that this server has.',
  responses: {
    204: {
      description: 'Done.',
      headers: Object.fromEntries(
        ['Tus-Version', 'Tus-Extension', 'Tus-Max-Size', 'Tus-Checksum-Algorithm'].map((name) => [name, says[name]!]),
      ),
    },
  },
}
const begin: Operation = {
  operationId: 'postApiUploads',
  summary: 'Begin a resumable upload, or make one file of parts that have arrived.',
  description:
    'The protocol is tus 1.0 (tus.io/protocols/resumable-upload), and any of its clients can be used. The first bytes ' +
    'may come with this request. The response that ends an upload names its file in `Content-Location`.',
  parameters: [
    version,
    length,
    header('Upload-Defer-Length', 'Send 1 when the length is not known yet.', { const: '1' }),
    metadata,
    header('Upload-Concat', '`partial` for a part, or `final;` and the addresses of parts, separated by spaces.'),
    checksum,
  ],
  requestBody: bytes,
  responses: {
    201: { description: 'Begun.', headers: headers('Upload-Offset', 'Upload-Expires', 'Content-Location') },
    ...refused,
    ...mismatch,
    ...usual(404, 409),
  },
}
const look: Operation = {
  operationId: 'headApiUploadsById',
  summary: 'Ask how many bytes of an upload have arrived, and which file it became.',
  parameters: [id, parts, version],
  responses: {
    200: {
      description: 'Done.',
      headers: headers(
        'Upload-Offset',
        'Upload-Length',
        'Upload-Defer-Length',
        'Upload-Metadata',
        'Upload-Concat',
        'Upload-Expires',
        'Content-Location',
      ),
    },
    ...refused,
    ...usual(401, 404, 410),
  },
}
const append: Operation = {
  operationId: 'patchApiUploadsById',
  summary: 'Send more bytes of an upload.',
  description: 'A `POST` with `X-HTTP-Method-Override: PATCH` does the same.',
  parameters: [
    id,
    version,
    header('Upload-Offset', 'How many bytes have arrived, where these bytes go on.', count, true),
    length,
    checksum,
  ],
  requestBody: { ...bytes, required: true },
  responses: {
    204: { description: 'Stored.', headers: headers('Upload-Offset', 'Upload-Expires', 'Content-Location') },
    ...refused,
    ...mismatch,
    ...usual(404, 409, 410),
  },
}
const end: Operation = {
  operationId: 'deleteApiUploadsById',
  summary: 'Cancel an upload that is not complete.',
  parameters: [id, version],
  responses: { 204: { description: 'Deleted.', headers: headers() }, ...refused, ...usual(400, 404, 410) },
}
const read: Operation = {
  ...look,
  operationId: 'getApiUploadsById',
  summary: 'Ask the same as with HEAD, from clients that cannot send that.',
  parameters: [id, parts],
}
const instead: Operation = {
  operationId: 'postApiUploadsById',
  summary: 'Make one of the other calls, from a network that refuses their methods.',
  parameters: [
    id,
    version,
    header('X-HTTP-Method-Override', 'The method that is meant.', { enum: ['HEAD', 'PATCH', 'DELETE'] }, true),
    { ...append.parameters![2]!, required: false },
    length,
    checksum,
  ],
  requestBody: bytes,
  responses: {
    200: look.responses[200]!,
    204: append.responses[204]!,
    405: problem('There is no such method here.', { Allow: says.Allow! }),
    ...refused,
    ...mismatch,
    ...usual(404, 409, 410),
  },
}

/** The calls of resumable uploads. They speak in headers, which the protocol defines, so no schema validates them. */
export const uploadCalls = {
  '/api/uploads': { post: begin, options: offer },
  '/api/uploads/{id}': { get: read, head: look, post: instead, patch: append, delete: end },
} as unknown as OpenAPIV3_1.PathsObject
