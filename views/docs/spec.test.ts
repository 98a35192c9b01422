import { expect, test } from 'bun:test'
import type { OpenAPIV3_1 } from 'openapi-types'
import { callsByResource, contentOf, fieldsOf, typeText } from './spec'

const spec = {
  openapi: '3.1.0',
  info: { title: '', version: '' },
  paths: {
    '/api/posts/{id}': { get: { responses: {} }, delete: { responses: {} } },
    '/api/files': { post: { responses: {} } },
    '/api/posts': { get: { responses: {} } },
  },
  components: {
    schemas: {
      Post: { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, caption: { type: 'string' } } },
    },
  },
} as OpenAPIV3_1.Document
const post = { $ref: '#/components/schemas/Post' }

test('calls are grouped by the first segment of their path', () => {
  expect(
    callsByResource(spec).map(({ name, calls }) => [name, ...calls.map(({ method, path }) => `${method} ${path}`)]),
  ).toEqual([
    ['files', 'POST /api/files'],
    ['posts', 'GET /api/posts/{id}', 'DELETE /api/posts/{id}', 'GET /api/posts'],
  ])
})

test('a schema is described in a few characters', () => {
  const said = (schema: object) => typeText(spec, schema)
  expect([
    said(post),
    said({ type: 'array', items: post }),
    said({ enum: ['a', 'b'] }),
    said({ const: 1 }),
    said({}),
  ]).toEqual(['Post', 'Post[]', '"a" | "b"', '1', 'anything'])
  expect([
    said({ anyOf: [post, { type: 'null' }] }),
    said({ type: ['string', 'null'] }),
    said({ type: 'string', format: 'uri' }),
  ]).toEqual(['Post | null', 'string | null', 'string (uri)'])
})

test('fields are found through references, and a broken reference has no fields', () => {
  expect(fieldsOf(spec, post)).toEqual([
    { name: 'id', type: 'integer', required: true, about: '' },
    { name: 'caption', type: 'string', required: false, about: '' },
  ])
  expect(fieldsOf(spec, { $ref: '#/components/schemas/Gone' })).toEqual([])
  expect(contentOf(spec, { content: { 'application/json': { schema: post } } })).toEqual({
    type: 'application/json',
    schema: post,
  })
  expect(contentOf(spec, { description: 'No body' })).toBeNull()
})
