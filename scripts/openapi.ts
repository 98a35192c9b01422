import { testApp } from '../test/harness'
import { clientTypesFile, writeClientTypes } from './client-types'

export const openapiFile = 'docs/openapi.json'

type Document = {
  info: { title: string; version: string }
  servers: { url: string }[]
  paths: Record<string, unknown>
  components: { schemas: Record<string, unknown> }
}

const sorted = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

/**
 * The OpenAPI document of the sources, as `docs/openapi.json` holds it. It leaves out what depends on the server: the name
 * of the community, the address and the build. Paths and schemas are sorted by name, so that a diff shows only real changes.
 */
export async function describeApi(): Promise<string> {
  using t = await testApp()
  const answer = await t.request('/api/openapi.json')
  const document: Document = await answer.json()
  document.info.title = 'Pinhole API'
  document.info.version = document.info.version.split(' ')[0]!
  document.servers = [{ url: '/' }]
  document.paths = sorted(document.paths)
  document.components.schemas = sorted(document.components.schemas)
  return `${JSON.stringify(document, null, 2)}\n`
}

if (import.meta.main) {
  const text = await describeApi()
  await Bun.write(openapiFile, text)
  await Bun.write(clientTypesFile, writeClientTypes(text))
}
