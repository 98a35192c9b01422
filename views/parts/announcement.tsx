import { useFrame } from '../frame'
import { Act } from './form'
import { Icon } from './icon'

/** Shows the announcement of the host. Whoever closes it sees an announcement again when the host changes the text. */
export function Announcement() {
  const { t, announcement, path, query: asked } = useFrame()
  if (!announcement) return null
  const query = new URLSearchParams({ mark: announcement.mark, next: path + asked })
  return (
    <aside class="announcement" aria-label={t('Announcement')}>
      <Icon name="megaphone" size={20} />
      <p class="bio">{announcement.text}</p>
      <Act
        action={`/users/account/announcement?${query}`}
        method="delete"
        live
        target="closest .announcement"
        button="icon-button"
        label={t('Close the announcement')}
      >
        <Icon name="x" size={20} />
      </Act>
    </aside>
  )
}
