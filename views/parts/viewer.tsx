import { useT } from '../frame'
import { Icon } from './icon'

/** The full-screen viewer, empty until a picture is opened. Without JavaScript, links open the picture itself. */
export function Viewer() {
  const t = useT()
  return (
    <dialog id="viewer" aria-label={t('Photo viewer')}>
      <div class="stage" />
      <p class="position" aria-live="polite" />
      <button type="button" class="icon-button close" aria-label={t('Close')}>
        <Icon name="x" />
      </button>
      <button type="button" class="icon-button earlier" aria-label={t('Previous photo')}>
        <Icon name="chevron-left" />
      </button>
      <button type="button" class="icon-button later" aria-label={t('Next photo')}>
        <Icon name="chevron-right" />
      </button>
    </dialog>
  )
}
