import type { OpenAPIV3_1 } from 'openapi-types'
import { decidesAboutStrangers, isAboutCoins, isOpenToStrangers } from '../http/access'
import { changesNothing } from '../http/methods'
import { scopeFor } from '../http/scopes'
import { HEADERS, headersOf, notModified, oauthRefused, RESPONSES, refusalOf } from './answers'
import { tagsOf } from './tags'

type Document = OpenAPIV3_1.Document
type Operation = OpenAPIV3_1.OperationObject
type Parameter = OpenAPIV3_1.ParameterObject
type Answer = OpenAPIV3_1.ResponseObject
type Call = { method: string; path: string; operation: Operation }

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const

/** The resource of an address, which is its first segment after `/api`. */
const resourceOf = (path: string) => path.split('/')[2] ?? ''

/** An address that a route would accept, for the rules about addresses. */
const exampleOf = (path: string) => path.replace('{link}', 'a.b.c').replace(/\{\w+\}/g, '1')

const callsOf = ({ paths = {} }: Pick<Document, 'paths'>): Call[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item?.[method]
      return operation ? [{ method: method.toUpperCase(), path, operation }] : []
    }),
  )

/**
 * Adds what all calls have in common, from the rules that the server follows: who may make them, the scope of a token,
 * and the refusals that come before a route is reached. `access` is who may look at the community.
 */
export function complete(document: Document, access: 'members' | 'public'): Document {
  const calls = callsOf(document)
  for (const call of calls) completeCall(call, access)
  return {
    ...document,
    tags: tagsOf(calls.map(({ path }) => resourceOf(path))),
    components: { ...document.components, headers: HEADERS, responses: RESPONSES },
  }
}

function completeCall({ method, path, operation }: Call, access: 'members' | 'public') {
  const example = exampleOf(path)
  const answers = (operation.responses ?? {}) as Record<string, Answer>
  const open = isOpenToStrangers(method, example) || method === 'OPTIONS'
  const forStrangers =
    decidesAboutStrangers(example) || (!open && access === 'public' && changesNothing(method) && !answers[401])
  operation.tags = [resourceOf(path)]
  const scopes = [scopeFor(method, example)]
  operation.security = open && !forStrangers ? [] : [{ token: scopes }, { app: scopes }, ...(forStrangers ? [{}] : [])]
  operation.parameters = ((operation.parameters ?? []) as Parameter[]).map(withType)

  if (method === 'OPTIONS') return
  const refusals = new Set(
    Object.keys(answers)
      .map(Number)
      .filter((status) => status >= 400),
  )
  const inQuery = operation.parameters.some((each) => (each as Parameter).in === 'query')
  for (const status of [403, 429, 500, 503]) refusals.add(status)
  if (!open && !forStrangers) refusals.add(401)
  if (path.includes('{') || isAboutCoins(example)) refusals.add(404)
  if (operation.requestBody) for (const status of [400, 413, 415]) refusals.add(status)
  if (inQuery) refusals.add(422)
  if (!changesNothing(method)) refusals.add(507)

  const good = Object.entries(answers).filter(([status]) => Number(status) < 400)
  for (const [status, answer] of good) withHeaders(method, Number(status), answer)
  const isTagged = method === 'GET' && answers[200]?.content?.['application/json']
  operation.responses = {
    ...Object.fromEntries(good),
    ...(isTagged && { 304: notModified }),
    ...Object.fromEntries([...refusals].sort().map((status) => [status, refusalIn(path, status) ?? answers[status]])),
  }
}

const refusalIn = (path: string, status: number) =>
  resourceOf(path) === 'oauth' && [400, 401].includes(status) ? oauthRefused : refusalOf(status)

/** Ids are integers. All other parameters say themselves what they are. */
const withType = (parameter: Parameter): Parameter =>
  parameter.in === 'path' && /^(id|\w+Id)$/.test(parameter.name) && !parameter.description
    ? { ...parameter, schema: { type: 'integer', minimum: 1 } }
    : parameter

function withHeaders(method: string, status: number, answer: Answer) {
  const schema = answer.content?.['application/json']?.schema as OpenAPIV3_1.SchemaObject | undefined
  const names = [
    ...(status === 201 ? ['Location'] : []),
    ...(status === 200 && method === 'GET' && schema ? ['ETag'] : []),
    ...(schema?.properties?.nextCursor ? ['Link'] : []),
  ]
  if (names.length) answer.headers = { ...headersOf(...names), ...answer.headers }
}
