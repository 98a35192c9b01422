import type { FileJson } from '../../shapes/files'
import { useT } from '../frame'
import { durationText } from '../parts/duration'
import { Act } from '../parts/form'
import { Icon } from '../parts/icon'
import { Picture } from '../parts/picture'
import { Ring } from '../parts/ring'
import { AltText } from './alt-text'
import { CaptionsLink } from './captions'
import { EditLink } from './edit'
import { ownFileName } from './name'

/**
 * Id of the form for the new post. Tiles have forms of their own and forms cannot be nested, so the tiles stand beside
 * it and their inputs refer to this id.
 */
export const POST_FORM = 'post-form'

/** One tile of the composer. */
export function FilePart({ file }: { file: FileJson }) {
  const t = useT()
  const { id, status } = file
  const large = file.renditions.feed ?? file.renditions.poster
  const live = status === 'processing' && {
    'hx-get': `/files/${id}`,
    'hx-trigger': 'live',
    'hx-swap': 'outerMorph',
    'data-waits': true,
  }
  return (
    <li class={`file ${status}`} id={`file-${id}`} data-file={id} data-full={large?.url} {...live}>
      <input type="hidden" name="fileIds" value={String(id)} form={POST_FORM} />
      <div class="shot">
        <Picture file={file} use="thumb" name={ownFileName(file, t)} />
        {file.kind === 'video' && <Film file={file} />}
        {status === 'processing' && (
          <span class="state">
            <Ring value={file.progress} label={t('Processing')} />
          </span>
        )}
        <Fault />
        <Pick name={file.altText || file.name} />
      </div>
      {status === 'failed' && file.name && <p class="name">{file.name}</p>}
      {status === 'failed' && (
        <p class="reason">{file.error ? t(file.error.message) : t('The file could not be read.')}</p>
      )}
      {file.note && <p class="reason">{t(file.note.message)}</p>}
      <Act
        action={`/files/${id}`}
        method="delete"
        live
        target={`#file-${id}`}
        class="corner"
        button="icon-button small"
        label={t('Remove this file')}
      >
        <Icon name="x" size={20} />
      </Act>
      {status !== 'processing' && <EditLink file={file} />}
      {status === 'failed' ? (
        <Act action={`/files/${id}/attempts`} live target={`#file-${id}`}>
          {t('Try again')}
        </Act>
      ) : (
        <div class="tile-tools">
          <MoveButtons />
          <AltText file={file} />
          <CaptionsLink file={file} />
        </div>
      )}
    </li>
  )
}

/** Marks a file that cannot be shared. The stylesheet shows it only then. */
export const Fault = () => (
  <span class="fault">
    <Icon name="triangle-alert" size={20} />
  </span>
)

/** Shows the file large, with what can be done with it. */
export function Pick({ name }: { name?: string | undefined }) {
  const t = useT()
  const label = name ? t('Show {name}', { name }) : t('Show this file')
  return <button type="button" class="pick scripted" aria-label={label} aria-pressed="false" data-pick />
}

/** Shows the name of a video until its preview is ready, and its length once it is known. */
const Film = ({ file: { name, duration, status } }: { file: FileJson }) => (
  <>
    {status === 'processing' && (
      <span class="no-preview">
        <span class="name">{name}</span>
      </span>
    )}
    <span class="length">
      <Icon name="play" size={16} />
      {duration !== null && durationText(duration)}
    </span>
  </>
)

/**
 * Buttons for changing the order by keyboard or touch, as an alternative to dragging. They are shown only with
 * JavaScript. Their arrows differ from those that leaf through photos, so that nobody changes the order by mistake.
 */
export function MoveButtons() {
  const t = useT()
  return (
    <>
      <button type="button" class="icon-button small scripted" data-move="-1" aria-label={t('Move earlier')}>
        <Icon name="arrow-left" size={20} />
      </button>
      <button type="button" class="icon-button small scripted" data-move="1" aria-label={t('Move later')}>
        <Icon name="arrow-right" size={20} />
      </button>
    </>
  )
}
