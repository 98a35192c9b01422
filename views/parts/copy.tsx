import { useT } from '../frame'
import { Icon } from './icon'

/** A link for sharing. It can be selected by hand or, with JavaScript, copied with a button. */
export function CopyLink({ url, label }: { url: string; label: string }) {
  const t = useT()
  return (
    <span class="copy">
      <input readonly value={url} aria-label={label} />
      <button type="button" class="button scripted" data-copy={url} data-copied={t('Copied')}>
        <Icon name="copy" size={20} />
        <span>{t('Copy')}</span>
      </button>
    </span>
  )
}
