import { useFrame } from '../frame'
import { Icon } from '../parts/icon'

/** Turns notifications on or off on this device. A script shows the right part, as only the browser knows the state. */
export function ThisDevice({ publicKey }: { publicKey: string }) {
  const { t, siteName } = useFrame()
  return (
    <section class="panel this-device" data-push={publicKey}>
      <h2>{t('Notifications on this device')}</h2>
      <p class="unscripted">{t('Turn on JavaScript in this browser to get notifications.')}</p>
      <div class="scripted stack" data-state="off" hidden>
        <p>{t('Get notifications about new posts and activity even when this page is closed.')}</p>
        <div class="buttons">
          <button type="button" class="button primary" data-turn="on">
            <Icon name="bell" size={20} /> {t('Turn on')}
          </button>
        </div>
      </div>
      <div class="scripted stack" data-state="on" hidden>
        <p>{t('Notifications are on.')}</p>
        <div class="buttons">
          <button type="button" class="button" data-turn="off">
            {t('Turn off')}
          </button>
        </div>
      </div>
      <p data-state="denied" hidden>
        {t('Notifications are blocked for this site. Allow them in your browser settings, then come back.')}
      </p>
      <p data-state="home" hidden>
        {t('On an iPhone or iPad, tap Share, then Add to Home Screen, and open {name} from there.', {
          name: siteName,
        })}
      </p>
      <p data-state="insecure" hidden>
        {t('Browsers only allow notifications over https, and this site does not use it.')}
      </p>
      <p data-state="unsupported" hidden>
        {t('This browser does not support push notifications.')}
      </p>
      <p class="problem" role="alert" data-state="failed" hidden>
        {t('The push service of your browser did not respond. Try again later.')}
      </p>
    </section>
  )
}
