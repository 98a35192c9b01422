import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Confirm } from '../parts/confirm'
import { Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { Menu } from '../parts/menu'

/** The menu of a person: mute, block and report. */
export function PersonMenu({ user: { handle, displayName: name, viewer } }: { user: UserJson }) {
  const t = useT()
  return (
    <Menu id="person-menu" label={t('Options for {name}', { name })}>
      <a href={`/users/${handle}/qr`}>
        <Icon name="qr-code" size={20} /> {t('Share this profile')}
      </a>
      <Form action={`/mutes/${handle}`} method={viewer.muted ? 'delete' : 'put'}>
        <button class="button">
          <Icon name={viewer.muted ? 'volume-2' : 'volume-x'} size={20} /> {viewer.muted ? t('Unmute') : t('Mute')}
        </button>
      </Form>
      {!viewer.muted && (
        <p class="hint">
          {t('You will not see their posts in your lists or get notifications about them. They will not be told.')}
        </p>
      )}
      <Confirm
        class="button danger"
        label={
          <>
            <Icon name="ban" size={20} /> {t('Block')}
          </>
        }
        question={t('You and this person will no longer follow each other or see anything of each other.')}
      >
        <Form action={`/blocks/${handle}`} method="put">
          <button class="button danger filled">{t('Block {name}', { name })}</button>
        </Form>
      </Confirm>
      <a href={`/reports/new?handle=${handle}`}>
        <Icon name="flag" size={20} /> {t('Report')}
      </a>
    </Menu>
  )
}
