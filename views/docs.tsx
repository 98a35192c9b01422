import type { OpenAPIV3_1 } from 'openapi-types'
import { Call } from './docs/call'
import { callsByResource } from './docs/spec'
import { useT } from './frame'
import { Layout } from './layout'

/**
 * The API reference, rendered from the OpenAPI document. Descriptions come from the schemas and are in English only.
 */
export function DocsPage({ spec }: { spec: OpenAPIV3_1.Document }) {
  const t = useT()
  const resources = callsByResource(spec)
  return (
    <Layout title={t('API')} wide>
      <div class="docs">
        <p class="lead">
          {t('Scripts can do everything that you can do here. POST /api/sessions returns a bearer token.')}
        </p>
        <p>
          <a class="button" href="/api/openapi.json">
            {t('The OpenAPI document')}
          </a>
        </p>
        <nav class="toc" aria-label={t('Resources')}>
          {resources.map(({ name }) => (
            <a href={`#${name}`}>{name}</a>
          ))}
        </nav>
        {resources.map(({ name, calls }) => (
          <section id={name} lang="en">
            <h2>{name}</h2>
            {calls.map((call) => (
              <Call call={call} spec={spec} />
            ))}
          </section>
        ))}
      </div>
    </Layout>
  )
}
