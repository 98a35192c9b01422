import { useFrame } from '../frame'
import { Icon } from './icon'

/** What the host wants all members to know. */
export function Announcement() {
  const { t, announcement } = useFrame()
  if (!announcement) return null
  return (
    <aside class="announcement" aria-label={t('Announcement')}>
      <Icon name="megaphone" size={20} />
      <p class="bio">{announcement}</p>
    </aside>
  )
}
