import { HOOK_EVENTS, type HookJson } from '../../shapes/hooks'
import type { Role } from '../../shapes/users'
import { useT } from '../frame'
import { Layout } from '../layout'
import { CopyButton } from '../parts/copy'
import { Empty } from '../parts/empty'
import { Field, FieldError } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { More } from '../parts/more'
import { Place } from '../parts/place'
import { Ago } from '../parts/time'
import { eventText, reasonText } from './words'

type List = { hooks: HookJson[]; next: string | null }

export const HooksPart = ({ hooks, next }: List) => (
  <>
    {hooks.map((hook) => (
      <Place href={`/hooks/${hook.id}`} icon="link" text={hook.url} note={<State hook={hook} />} />
    ))}
    <More next={next} />
  </>
)

/** Whether the address of a hook answers. */
export function State({ hook: { enabled, problem, failingSince, lastSuccessAt } }: { hook: HookJson }) {
  const t = useT()
  if (!enabled) return <>{t('Turned off. {why}', { why: problem ? reasonText(t, problem) : '' })}</>
  if (failingSince) return <>{reasonText(t, problem)}</>
  if (!lastSuccessAt) return <>{t('Nothing has been sent yet.')}</>
  return (
    <>
      {t('Last reached')} <Ago at={lastSuccessAt} />
    </>
  )
}

export function HookForm({ role, ...form }: FormProps & { role: Role }) {
  const t = useT()
  const chosen = form.values ? [form.values.events].flat() : ['comment']
  const offered = HOOK_EVENTS.filter((event) => event !== 'report' || role !== 'member')
  return (
    <Form action="/hooks" class="stack">
      <FormProblem {...form} />
      <Field
        label={t('Address')}
        name="url"
        type="url"
        maxlength={2000}
        required
        hint={t('Your own server, such as https://example.org/pinhole.')}
        {...form}
      />
      <fieldset>
        <legend class="label">{t('Tell it about')}</legend>
        {offered.map((event) => (
          <label class="switch">
            <input type="checkbox" name="events" value={event} checked={chosen.includes(event)} />
            <span>{eventText(t, event)}</span>
          </label>
        ))}
        <FieldError name="events" {...form} />
      </fieldset>
      <button class="button primary">{t('Add a webhook')}</button>
    </Form>
  )
}

export function HooksPage({ role, ...list }: List & { role: Role }) {
  const t = useT()
  return (
    <Layout title={t('Webhooks')} back="/users/account">
      <p class="lead">{t('Your own server is told at once when something happens to you here.')}</p>
      {list.hooks.length ? (
        <section class="panel">
          <ul class="places">
            <HooksPart {...list} />
          </ul>
        </section>
      ) : (
        <Empty icon="link" text={t('You have no webhooks.')} />
      )}
      <section class="panel">
        <h2>{t('New webhook')}</h2>
        <HookForm role={role} />
      </section>
    </Layout>
  )
}

/** A new hook with its secret, which is shown only once. */
export function NewHookPage({ hook, secret }: { hook: HookJson; secret: string }) {
  const t = useT()
  return (
    <Layout title={t('New webhook')} back="/hooks">
      <section class="panel">
        <h2>
          <bdi class="address">{hook.url}</bdi>
        </h2>
        <p>
          {t(
            'Your server checks with this secret that messages come from here. Copy it now. You will not see it again.',
          )}
        </p>
        <code class="key">{secret}</code>
        <p class="buttons">
          <CopyButton text={secret} />
          <a class="button primary" href={`/hooks/${hook.id}`}>
            {t('Done')}
          </a>
        </p>
      </section>
    </Layout>
  )
}
