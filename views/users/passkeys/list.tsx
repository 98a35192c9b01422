import type { PasskeyHindrance, PasskeyJson } from '../../../shapes/passkeys'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { Empty } from '../../parts/empty'
import { Field } from '../../parts/field'
import { Act, Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { Icon } from '../../parts/icon'
import { More } from '../../parts/more'
import { sayings } from '../../parts/passkey'
import { Proof } from '../../parts/proof'
import { Ago, dayInSentence } from '../../parts/time'

type List = { passkeys: PasskeyJson[]; next: string | null }
type Place = { host: string; origin: string; hindrance?: PasskeyHindrance }

export const PasskeysPart = ({ passkeys, next }: List) => (
  <>
    {passkeys.map((passkey) => (
      <PasskeyRow passkey={passkey} />
    ))}
    <More next={next} />
  </>
)

function PasskeyRow({ passkey: { id, name, createdAt, lastUsedAt, synced, host, usable } }: { passkey: PasskeyJson }) {
  const t = useT()
  return (
    <li class="device" id={`passkey-${id}`}>
      <Icon name="key-round" />
      <div class="what">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span class="hint">
          {lastUsedAt ? (
            <>
              {t('Last used')} <Ago at={lastUsedAt} />
            </>
          ) : (
            t('Added on {day}', { day: dayInSentence(createdAt, t.locale) })
          )}
          {' · '}
          {synced ? t('Synced with your other devices') : t('On one device only')}
        </span>
        {!usable && <span class="hint problem-hint">{t('It works only at {host}.', { host })}</span>}
      </div>
      <details class="more-of">
        <summary class="button">{t('Details')}</summary>
        <div class="stack">
          <Form action={`/users/account/passkeys/${id}`} method="patch" live done={t('Saved.')} class="rename">
            <Field label={t('Name')} name="name" value={name} maxlength={60} required />
            <button class="button">{t('Save')}</button>
          </Form>
          <Act
            action={`/users/account/passkeys/${id}`}
            method="delete"
            live
            target={`#passkey-${id}`}
            button="button danger"
            done={t('The passkey has been removed. Delete it from your device, too.')}
          >
            {t('Remove this passkey')}
          </Act>
        </div>
      </details>
    </li>
  )
}

export function AddPasskeyForm(form: FormProps) {
  const t = useT()
  return (
    <Form action="/users/account/passkeys" class="stack" passkey={{ use: 'add', ...sayings(t) }}>
      <FormProblem {...form} />
      <Field
        label={t('Name')}
        name="name"
        maxlength={60}
        hint={t('For example “Phone” or “Security key”.')}
        {...form}
      />
      <Proof label={t('Enter your password to confirm')} {...form} />
      <input type="hidden" name="response" />
      <button class="button primary scripted">{t('Add a passkey')}</button>
      <p class="hint unscripted">{t('Passkeys need JavaScript. Please turn it on in your browser.')}</p>
    </Form>
  )
}

export function PasskeysPage({ host, origin, hindrance, ...list }: List & Place) {
  const t = useT()
  return (
    <Layout title={t('My passkeys')} back="/users/account/security">
      <p class="lead">
        {t(
          'A passkey signs you in with the fingerprint, face or PIN of your device, without a password. Nobody can trick you into telling it.',
        )}
      </p>
      {list.passkeys.length ? (
        <ul class="rows">
          <PasskeysPart {...list} />
        </ul>
      ) : (
        <Empty icon="key-round" text={t('You have no passkeys.')} />
      )}
      <section class="panel">
        <h2>{t('Add a passkey')}</h2>
        {hindrance ? (
          <Hindrance hindrance={hindrance} origin={origin} />
        ) : (
          <>
            <p class="hint">
              {t(
                'It will work only at {host}. If the community moves to another address, sign in with your password.',
                {
                  host,
                },
              )}
            </p>
            <AddPasskeyForm />
          </>
        )}
      </section>
    </Layout>
  )
}

/** Says why no passkey can be used at the address in the browser, and what to do. */
function Hindrance({ hindrance, origin }: { hindrance: PasskeyHindrance; origin: string }) {
  const t = useT()
  if (hindrance === 'other_address')
    return (
      <p>
        {t('Passkeys work only at the main address of this community.')} <a href={origin}>{new URL(origin).host}</a>
      </p>
    )
  return (
    <p>
      {hindrance === 'plain_http'
        ? t('Passkeys need https, which this server does not have. Use a password, or ask the staff to set https up.')
        : t('Passkeys need an address with a name, such as photos.example.org. They do not work at an IP address.')}
    </p>
  )
}
