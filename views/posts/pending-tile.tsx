import { Fault, MoveButtons, Pick } from '../files/file'
import { useT } from '../frame'
import { Icon } from '../parts/icon'
import { Ring } from '../parts/ring'

/** Template of a tile for a file that is being uploaded. The browser fills it in; the texts come from the server. */
export function PendingTile() {
  const t = useT()
  return (
    <template
      id="pending-tile"
      data-paused={t('No connection. The upload will resume automatically.')}
      data-failed={t('The upload failed.')}
      data-too-large={t('This file is larger than the upload limit.')}
      data-added={t('Files added: {n}')}
      data-uploaded={t('Uploaded')}
    >
      <li class="file pending">
        <div class="shot">
          <span class="no-preview">
            <span class="name" />
          </span>
          <span class="state">
            <Ring value={0} label={t('Uploading')} />
          </span>
          <Fault />
          <Pick />
        </div>
        <p class="reason" role="alert" hidden />
        <button type="button" class="icon-button small corner" data-cancel aria-label={t('Remove this file')}>
          <Icon name="x" size={20} />
        </button>
        <button type="button" class="button" data-retry hidden>
          {t('Try again')}
        </button>
        <div class="tile-tools">
          <MoveButtons />
        </div>
      </li>
    </template>
  )
}
