import type { SecondFactorJson } from '../../../shapes/second-factor'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { Confirm } from '../../parts/confirm'
import { NewCodesForm, StartForm, TurnOffForm } from './forms'

/** `asked` is true for staff who cannot go on without a second factor. */
type Props = { state: SecondFactorJson; asked: boolean }

export function TotpPage({ state, asked }: Props) {
  const t = useT()
  return (
    <Layout title={t('Two-step verification')} back="/users/account/security">
      {state.on ? <On state={state} /> : <Off asked={asked} />}
    </Layout>
  )
}

function Off({ asked }: Omit<Props, 'state'>) {
  const t = useT()
  return (
    <section class="panel">
      <h2>{t('Off')}</h2>
      {asked && (
        <p class="problem" role="status">
          {t('This community asks its staff for two-step verification. Please set it up to go on.')}
        </p>
      )}
      <p>
        {t(
          'With two-step verification, signing in takes your password and a code from an app on your phone. A stolen password alone is then worth nothing.',
        )}
      </p>
      <p class="hint">
        {t(
          'You need an authenticator app, for example Aegis, Google Authenticator, Microsoft Authenticator or your password manager.',
        )}
      </p>
      <StartForm />
    </section>
  )
}

function On({ state: { recoveryCodesLeft: n } }: Omit<Props, 'asked'>) {
  const t = useT()
  return (
    <>
      <section class="panel">
        <h2>{t('On')}</h2>
        <p>{t('Signing in takes your password and a code from your authenticator app.')}</p>
        <p class="hint">{t('To use another phone, turn it off and set it up again.')}</p>
        <Confirm
          label={t('Turn off')}
          question={t('Signing in will take only your password. Your recovery codes will no longer work.')}
        >
          <TurnOffForm />
        </Confirm>
      </section>
      <section class="panel">
        <h2>{t('Recovery codes')}</h2>
        <p>{t({ one: '{n} recovery code is left.', other: '{n} recovery codes are left.' }, { n })}</p>
        <p class="hint">{t('Each one replaces the app once, in case you lose your phone.')}</p>
        <Confirm
          class="button"
          label={t('Create new codes')}
          question={t('The codes you have now will no longer work.')}
        >
          <NewCodesForm />
        </Confirm>
      </section>
    </>
  )
}
