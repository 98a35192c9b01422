import type { OpenAPIV3_1 } from 'openapi-types'
import { Call } from './docs/call'
import { callsByResource } from './docs/spec'
import { useT } from './frame'
import { Layout } from './layout'
import type { JSX } from './parts/jsx-runtime'
import type { Translate } from './words'

type Props = { spec: OpenAPIV3_1.Document }

/**
 * The API reference, rendered from the OpenAPI document. Descriptions come from the schemas and are in English only.
 */
export function DocsPage({ spec }: Props) {
  const t = useT()
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
        {referenceIn(t, spec)}
      </div>
    </Layout>
  )
}

const rendered = new WeakMap<Translate, { spec: Props['spec']; reference: JSX.Element }>()

/** Rendered once for each language, because it takes as long as a hundred other pages and is the same for everybody. */
function referenceIn(t: Translate, spec: Props['spec']): JSX.Element {
  const known = rendered.get(t)
  if (known?.spec === spec) return known.reference
  const reference = <Reference spec={spec} />
  rendered.set(t, { spec, reference })
  return reference
}

function Reference({ spec }: Props) {
  const t = useT()
  const resources = callsByResource(spec)
  return (
    <>
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
    </>
  )
}
