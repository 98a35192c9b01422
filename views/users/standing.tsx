import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { Menu } from '../parts/menu'

/** Muting and blocking somebody. */
export function PersonMenu({ user: { handle, displayName: name, viewer } }: { user: UserJson }) {
  const t = useT()
  return (
    <Menu id="person-menu" label={t('More about {name}', { name })}>
      <Form action={`/mutes/${handle}`} method={viewer.muted ? 'delete' : 'put'}>
        <button class="button">
          <Icon name={viewer.muted ? 'volume-2' : 'volume-x'} size={20} /> {viewer.muted ? t('Unmute') : t('Mute')}
        </button>
      </Form>
      {!viewer.muted && <p class="hint">{t('Nothing of theirs comes to you by itself. They are not told.')}</p>}
      <Form action={`/blocks/${handle}`} method="put">
        <button class="button danger">
          <Icon name="ban" size={20} /> {t('Block')}
        </button>
      </Form>
      <p class="hint">{t('Neither of you sees anything of the other, and neither follows the other any more.')}</p>
      <a href={`/reports/new?handle=${handle}`}>
        <Icon name="flag" size={20} /> {t('Report')}
      </a>
    </Menu>
  )
}
