import { useFrame } from '../frame'
import { Icon } from '../parts/icon'

/** On or off here. Only the browser knows which of these is true; the script shows that one. */
export function ThisDevice({ publicKey }: { publicKey: string }) {
  const { t, siteName } = useFrame()
  return (
    <section class="panel this-device" data-push={publicKey}>
      <h2>{t('Notifications on this device')}</h2>
      <p class="unscripted">{t('Turning them on needs JavaScript, which is off in this browser.')}</p>
      <div class="scripted stack" data-state="off" hidden>
        <p>{t('Hear of new posts and of what others tell you, also while this page is closed.')}</p>
        <div class="buttons">
          <button type="button" class="button primary" data-turn="on">
            <Icon name="bell" size={20} /> {t('Turn on')}
          </button>
        </div>
      </div>
      <div class="scripted stack" data-state="on" hidden>
        <p>{t('They are on.')}</p>
        <div class="buttons">
          <button type="button" class="button" data-turn="off">
            {t('Turn off')}
          </button>
        </div>
      </div>
      <p data-state="denied" hidden>
        {t('You have refused them for this site. Allow them in the settings of your browser, then come back.')}
      </p>
      <p data-state="home" hidden>
        {t(
          'On an iPhone or iPad, {name} has to be on the home screen first: tap Share, then Add to Home Screen, and open it from there.',
          {
            name: siteName,
          },
        )}
      </p>
      <p data-state="insecure" hidden>
        {t('Browsers allow notifications over https only, and this address is not.')}
      </p>
      <p data-state="unsupported" hidden>
        {t('This browser does not know notifications like these.')}
      </p>
      <p class="problem" role="alert" data-state="failed" hidden>
        {t('The push service of your browser did not answer. Try again later.')}
      </p>
    </section>
  )
}
