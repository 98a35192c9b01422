import type { OpenAPIV3_1 } from 'openapi-types'
import { useT } from '../frame'
import { Prose } from './prose'
import { type CallDoc, contentOf, type FieldDoc, fieldsOf, resolve, typeText } from './spec'

type Props = { call: CallDoc; spec: OpenAPIV3_1.Document }

/** One API call with its purpose, parameters and responses. */
export function Call({ call: { method, path, operation }, spec }: Props) {
  const t = useT()
  const id = `${method}${path}`.toLowerCase().replace(/\W+/g, '-')
  const body = contentOf(spec, operation.requestBody)
  return (
    <details class="call" id={id}>
      <summary>
        <code class={`method ${method.toLowerCase()}`}>{method}</code> <code class="path">{path}</code>
        <span class="hint">
          <Prose text={operation.summary ?? firstSentence(operation.description)} />
        </span>
      </summary>
      <div class="stack">
        {operation.description && (
          <p>
            <Prose text={operation.description} />
          </p>
        )}
        <Fields title={t('Parameters')} fields={parametersOf(operation, spec)} />
        {body && <Fields title={`${t('Body')} · ${body.type}`} fields={fieldsOf(spec, body.schema)} />}
        <Answers operation={operation} spec={spec} />
      </div>
    </details>
  )
}

const firstSentence = (text = '') => text.split(/(?<=\.)\s/)[0]

function parametersOf({ parameters = [] }: CallDoc['operation'], spec: Props['spec']): FieldDoc[] {
  return parameters.map((parameter) => {
    const {
      name,
      in: place,
      required,
      schema,
      description,
    } = resolve(spec, parameter) as unknown as OpenAPIV3_1.ParameterObject
    return {
      name,
      type: typeText(spec, schema),
      required: !!required,
      about: [`(${place})`, description].filter(Boolean).join(' '),
    }
  })
}

function Fields({ title, fields }: { title: string; fields: FieldDoc[] }) {
  const t = useT()
  if (!fields.length) return null
  return (
    <div class="fields">
      <h3>{title}</h3>
      <dl>
        {fields.map(({ name, type, required, about }) => (
          <div>
            <dt>
              <code>{name}</code> {required && <span class="badge">{t('required')}</span>}
            </dt>
            <dd>
              <code class="type">{type}</code> <Prose text={about} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function Answers({ operation, spec }: { operation: CallDoc['operation']; spec: Props['spec'] }) {
  const t = useT()
  const answers = Object.entries(operation.responses ?? {})
  if (!answers.length) return null
  return (
    <div class="fields">
      <h3>{t('Responses')}</h3>
      <dl>
        {answers.map(([status, answer]) => {
          const content = contentOf(spec, answer)
          return (
            <div>
              <dt>
                <code class={status < '400' ? 'good' : 'bad'}>{status}</code>
              </dt>
              <dd>
                {content && <code class="type">{typeText(spec, content.schema)}</code>}{' '}
                <Prose text={resolve(spec, answer).description} />
              </dd>
            </div>
          )
        })}
      </dl>
    </div>
  )
}
