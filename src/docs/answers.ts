import type { OpenAPIV3_1 } from 'openapi-types'

type Answer = OpenAPIV3_1.ResponseObject
type Header = OpenAPIV3_1.HeaderObject

const header = (name: string) => ({ $ref: `#/components/headers/${name}` })

export const HEADERS: Record<string, Header> = {
  ETag: {
    description: 'A weak entity tag of the answer; send it back as `If-None-Match`.',
    required: true,
    schema: { type: 'string', pattern: '^W/"[^"]+"$' },
  },
  Link: {
    description: 'The address of the next page, with `rel="next"`, if there is one.',
    schema: { type: 'string', pattern: '^<.+>; rel="next"$' },
  },
  Location: {
    description: 'The address of what was made.',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
  },
  'Retry-After': {
    description: 'After how many seconds to try again.',
    schema: { type: 'string', pattern: '^[0-9]+$' },
  },
  'WWW-Authenticate': {
    description: 'That a bearer token is needed, and with `insufficient_scope` which scope it has to have.',
    schema: { type: 'string', pattern: '^Bearer' },
  },
}

type Refusal = [name: string, description: string, headers?: string[]]

/** Every refusal of the API, by status. All calls share the descriptions. */
const REFUSALS: Record<number, Refusal> = {
  400: ['Unreadable', 'The body could not be read: it broke off, or is not JSON in UTF-8.'],
  401: ['Unauthenticated', 'Nobody is signed in, or the password, code or passkey is wrong.', ['WWW-Authenticate']],
  402: ['InsufficientCoins', 'There are too few coins.'],
  403: [
    'Forbidden',
    'This person or this token is not allowed to do this (`insufficient_scope` names the missing scope), or the ' +
      'request came from another site.',
    ['WWW-Authenticate'],
  ],
  404: ['NotFound', 'It does not exist, or this person may not know that it exists.'],
  409: ['Conflict', 'The request conflicts with the current state.'],
  410: ['Gone', 'It is no longer available.'],
  413: ['TooLarge', 'The body or the upload is too large, or the storage quota is used up.'],
  415: ['UnsupportedMedia', 'This media type, charset or content encoding is not supported.'],
  422: ['Invalid', 'The input is not valid; `errors` lists the fields.'],
  429: ['RateLimited', 'Too many requests; `Retry-After` says when to try again.', ['Retry-After']],
  500: ['Internal', 'Something went wrong on the server, which has logged it with the `requestId`.'],
  503: ['Unavailable', 'The database, or a server that this call needs, does not answer. Try again.', ['Retry-After']],
  507: ['StorageFull', 'The disk of this server is full.'],
}

const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

const refusal = ([, description, headers = []]: Refusal): Answer => ({
  description,
  ...(headers.length && { headers: Object.fromEntries(headers.map((name) => [name, header(name)])) }),
  content,
})

/** OAuth has a form of its own for what it refuses (RFC 6749, 5.2); what comes before it is a problem. */
const oauthError: OpenAPIV3_1.SchemaObject = {
  type: 'object',
  properties: { error: { type: 'string' }, error_description: { type: 'string' } },
  required: ['error'],
}

export const RESPONSES: Record<string, Answer> = {
  OAuthRefused: {
    description: 'The request of the app is refused, or could not be read.',
    content: { ...content, 'application/json': { schema: oauthError } },
  },
  ...Object.fromEntries(Object.values(REFUSALS).map((each) => [each[0], refusal(each)])),
  NotModified: {
    description: 'The answer is the one that `If-None-Match` names.',
    headers: { ETag: header('ETag') },
  },
}

const reference = (name: string) => ({ $ref: `#/components/responses/${name}` })

export const notModified = reference('NotModified')

/** Undefined for a status that only one resource has, and describes itself. */
export function refusalOf(status: number): OpenAPIV3_1.ReferenceObject | undefined {
  const found = REFUSALS[status]
  return found && reference(found[0])
}

export const oauthRefused = reference('OAuthRefused')

/** Headers of an answer, as references to their shared descriptions. */
export const headersOf = (...names: string[]) => Object.fromEntries(names.map((name) => [name, header(name)]))
