import type { RemovedJson } from '../../shapes/appeals'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { Field, TextArea } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { sayings } from '../parts/passkey'
import { Ago } from '../parts/time'
import { Welcome } from '../parts/welcome'

type Props = FormProps & {
  /** Whether passkeys work at this address, so that people without a password can answer. */
  passkeys?: boolean
}

/** The form with which somebody answers. `values` names the post or comment; without either it is about a suspension. */
export function AppealForm({ values = {}, passkeys, ...form }: Props) {
  const t = useT()
  const again = { values, ...form }
  const isRemoval = values.postId || values.commentId
  return (
    <Form action="/appeals" class="stack">
      <FormProblem {...form} />
      {['postId', 'commentId'].map((name) =>
        values[name] ? <input type="hidden" name={name} value={String(values[name])} /> : null,
      )}
      {!isRemoval && (
        <>
          <Field label={t('Handle')} name="handle" autocomplete="username" autocapitalize="none" required {...again} />
          <Field
            label={t('Password')}
            name="password"
            type="password"
            autocomplete="current-password"
            required
            {...again}
          />
        </>
      )}
      <TextArea
        label={t('Your answer')}
        name="text"
        rows={4}
        maxlength={500}
        required
        hint={t('You can answer once. Only the staff read it.')}
        {...again}
      />
      <button class="button primary">{t('Send to the staff')}</button>
      {!isRemoval && passkeys && (
        <>
          <input type="hidden" name="response" />
          <button type="button" class="button scripted" data-passkey="answer" {...sayings(t)}>
            <Icon name="key-round" size={20} /> {t('Send with a passkey instead of the password')}
          </button>
        </>
      )}
    </Form>
  )
}

export function AppealPage({ passkeys }: Pick<Props, 'passkeys'>) {
  const t = useT()
  return (
    <Layout title={t('Answer a suspension')} bare>
      <Welcome
        title={t('Answer a suspension')}
        text={t('If you think that your account should not be suspended, tell the staff why.')}
      >
        <AppealForm {...(passkeys && { passkeys })} />
      </Welcome>
    </Layout>
  )
}

export function AppealSentPage() {
  const t = useT()
  return (
    <Layout title={t('Thank you')} bare>
      <Welcome
        title={t('Thank you')}
        text={t('The staff will decide. If your email address is confirmed, they mail you. Otherwise sign in to see.')}
      >
        <a class="button primary wide" href="/sessions/new">
          {t('Sign in')}
        </a>
      </Welcome>
    </Layout>
  )
}

type List = { removed: RemovedJson[]; next: string | null }

export const RemovedPart = ({ removed, next }: List) => (
  <>
    {removed.map((each) => (
      <RemovedRow removed={each} />
    ))}
    <More next={next} />
  </>
)

function RemovedRow({ removed: { about, id, at, appeal } }: { removed: RemovedJson }) {
  const t = useT()
  return (
    <section class="panel stack" id={`${about}-${id}`}>
      <p>
        <strong>{about === 'post' ? t('A post of yours was removed') : t('A comment of yours was removed')}</strong>{' '}
        <span class="hint">
          <Ago at={at} />
        </span>
      </p>
      {appeal ? (
        <>
          <p class="bio">{appeal.text}</p>
          <p>
            <span class="badge">
              {appeal.outcome === null
                ? t('The staff have not decided yet')
                : appeal.outcome === 'granted'
                  ? t('The staff agree with you')
                  : t('The staff stay with their decision')}
            </span>
          </p>
          {appeal.outcome === 'granted' && <p class="hint">{t('It was erased, but you can publish it again.')}</p>}
          {appeal.answer && <p class="bio">{appeal.answer}</p>}
        </>
      ) : (
        <details>
          <summary class="button">{t('Answer')}</summary>
          <AppealForm values={{ [`${about}Id`]: id }} />
        </details>
      )}
    </section>
  )
}

export function RemovedPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Removed by the staff')} back="/users/account">
      {list.removed.length ? (
        <RemovedPart {...list} />
      ) : (
        <Empty icon="check" text={t('The staff have not removed anything of yours.')} />
      )}
    </Layout>
  )
}
