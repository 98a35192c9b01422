import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import type { Translate } from '../words'
import { bytesText } from './bytes'

type Storage = AccountJson['storage']

export const storageText = ({ used, limit }: Storage, t: Translate) =>
  t('{used} of {limit} used', { used: bytesText(used, t.locale), limit: bytesText(limit, t.locale) })

/** Shows how much room somebody's photos and videos take. */
export function StorageMeter({ storage }: { storage: Storage }) {
  const t = useT()
  const [used, limit] = [bytesText(storage.used, t.locale), bytesText(storage.limit, t.locale)]
  return (
    <div class="storage">
      <meter
        min="0"
        max={String(storage.limit)}
        high={storage.limit * 0.9}
        value={String(storage.used)}
        aria-label={t('Storage')}
      />
      <p class="hint">{t('{used} of {limit} used, including the resized copies of your photos.', { used, limit })}</p>
    </div>
  )
}
