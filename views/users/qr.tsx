import type { UserJson } from '../../shapes/users'
import { useT } from '../frame'
import { Layout } from '../layout'
import { CopyLink } from '../parts/copy'
import { Icon } from '../parts/icon'
import { Qr } from '../parts/qr'
import { isolate } from '../words/isolate'

/** The address of a profile as a code for other people's cameras. */
export function QrPage({ user, url }: { user: UserJson; url: string }) {
  const t = useT()
  const name = isolate(user.displayName, t.dir)
  return (
    <Layout title={name} heading={`@${user.handle}`} back={`/users/${user.handle}`}>
      <div class="panel stack profile-code">
        <Qr text={url} label={t('QR code of the profile of {name}', { name: user.displayName })} />
        <CopyLink url={url} label={t('Link to this profile')} />
        <button type="button" class="button scripted" data-share={url} data-title={user.displayName}>
          <Icon name="share-2" size={20} /> {t('Share')}
        </button>
      </div>
    </Layout>
  )
}
