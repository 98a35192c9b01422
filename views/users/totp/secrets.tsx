import type { NewFactorJson } from '../../../shapes/second-factor'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { Icon } from '../../parts/icon'
import { Qr } from '../../parts/qr'
import { ConfirmForm } from './forms'

/** The secret of a new second factor. It is shown only once, in the answer to the request that created it. */
export function SetUpPage({ secret, uri }: NewFactorJson) {
  const t = useT()
  return (
    <Layout title={t('Two-step verification')} back="/users/account/totp">
      <section class="panel">
        <h2>{t('1. Add the account to your app')}</h2>
        <p>{t('Scan this code with your authenticator app.')}</p>
        <div class="secret">
          <Qr text={uri} label={t('QR code for your authenticator app')} />
          <div class="stack">
            <a class="button" href={uri}>
              <Icon name="smartphone" size={20} /> {t('Open the app on this device')}
            </a>
            <p class="hint">{t('Or type this key into the app:')}</p>
            <code class="key">{secret.match(/.{1,4}/g)?.join(' ')}</code>
          </div>
        </div>
      </section>
      <section class="panel">
        <h2>{t('2. Enter the code that the app shows')}</h2>
        <ConfirmForm />
        <p class="hint">{t('All your other devices will be signed out.')}</p>
      </section>
    </Layout>
  )
}

/** The recovery codes, which are shown only once, because only their hashes are stored. */
export function RecoveryCodesPage({ codes }: { codes: string[] }) {
  const t = useT()
  return (
    <Layout title={t('Recovery codes')} back="/users/account/totp">
      <section class="panel">
        <h2>{t('Two-step verification is on')}</h2>
        <p>
          {t(
            'Write these codes down or print them, and keep them where you will find them without your phone. You will not see them again.',
          )}
        </p>
        <ul class="recovery-codes">
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <p class="hint">{t('Each one replaces the app once, in case you lose your phone.')}</p>
        <p class="buttons">
          <button type="button" class="button scripted" data-copy={codes.join('\n')} data-copied={t('Copied')}>
            <Icon name="copy" size={20} />
            <span>{t('Copy')}</span>
          </button>
          <a class="button primary" href="/users/account/totp">
            {t('Done')}
          </a>
        </p>
      </section>
    </Layout>
  )
}
