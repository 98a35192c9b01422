import { useT } from '../frame'
import { Icon } from './icon'

/** A button that copies a text. It needs JavaScript, and is not shown without it. */
export function CopyButton({ text, small }: { text: string; small?: boolean }) {
  const t = useT()
  return (
    <button
      type="button"
      class={small ? 'button small scripted' : 'button scripted'}
      data-copy={text}
      data-copied={t('Copied')}
    >
      <Icon name="copy" size={small ? 16 : 20} />
      <span>{t('Copy')}</span>
    </button>
  )
}

/** A link for sharing. It can be selected by hand or, with JavaScript, copied with a button. */
export const CopyLink = ({ url, label }: { url: string; label: string }) => (
  <span class="copy">
    <input readonly value={url} aria-label={label} />
    <CopyButton text={url} />
  </span>
)
