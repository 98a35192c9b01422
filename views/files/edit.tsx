import type { FileJson } from '../../shapes/files'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { CropFields, TurnField, VideoFields } from './edit-fields'

export type EditorProps = {
  file: FileJson
  original: NonNullable<FileJson['original']>
  /** The address of all of the picture or the video. */
  whole: string
}

/**
 * What an author can change about a file before it is published. The script shows it over the composer, and lets people
 * drag what the fields say in numbers.
 */
export function Editor({ file, original, whole }: EditorProps) {
  const t = useT()
  const { id, kind } = file
  const isVideo = kind === 'video' && original.duration !== null
  return (
    <Form action={`/files/${id}`} method="patch" class="editor" id="editor-form" complete="off">
      <div
        class="editor-data"
        data-editor={String(id)}
        data-width={String(original.width)}
        data-height={String(original.height)}
        data-duration={isVideo ? String(original.duration) : undefined}
      />
      <div class="editor-bar">
        <a class="button quiet" href="/posts/new" data-cancel-edit>
          {t('Cancel')}
        </a>
        <button type="button" class="button quiet scripted" data-undo-edit>
          {t('Undo all')}
        </button>
        <button class="button primary">{t('Done')}</button>
      </div>
      <p class="problem" role="alert" data-edit-problem hidden />
      <div class="editor-stage">
        <div class="editor-picture" data-picture>
          {kind === 'video' ? (
            <video src={whole} muted playsinline preload="auto" aria-label={t('All of the video')} />
          ) : (
            <img
              src={whole}
              alt={file.altText || t('All of the photo')}
              width={original.width}
              height={original.height}
            />
          )}
          <div class="editor-shade scripted" data-shade />
          <CropFrame />
        </div>
        {kind === 'video' && (
          <p class="editor-note" role="status" data-unplayable hidden>
            {t('This browser cannot play the original. Undo all changes to choose from all of it again.')}
          </p>
        )}
      </div>
      {isVideo && <Modes />}
      <CropTools />
      {isVideo && <Timeline />}
      <div class="editor-fields unscripted">
        <CropFields file={file} />
        <TurnField file={file} />
        {isVideo && <VideoFields file={file} />}
      </div>
      <p class="editor-hint">{t('Your original stays as it is. What you cut away is not published.')}</p>
    </Form>
  )
}

const CORNERS = ['left top', 'right top', 'left bottom', 'right bottom']

/** The frame around the part that is shown. Edges are moved by dragging or by the arrow keys. */
function CropFrame() {
  const t = useT()
  const edges = ['top', 'right', 'bottom', 'left']
  const names = [t('Upper edge'), t('Right edge'), t('Lower edge'), t('Left edge')]
  return (
    <div class="crop-frame scripted" data-crop data-names={JSON.stringify(names)}>
      <button type="button" class="crop-move" data-drag="move" aria-label={t('Move the frame with the arrow keys')} />
      {edges.map((edge, i) => (
        <Slider class="crop-edge" name={edge} label={names[i]!} />
      ))}
      {CORNERS.map((corner) => (
        <span class="crop-corner" data-drag={corner} />
      ))}
    </div>
  )
}

/** Something that can be dragged, or moved with the arrow keys. The script says where it is. */
const Slider = ({ name, label, ...rest }: { class: string; name: string; label: string }) => (
  <span {...rest} role="slider" tabIndex={0} data-drag={name} aria-label={label} aria-valuenow={0} />
)

function Modes() {
  const t = useT()
  const modes = { trim: t('Length'), cover: t('Cover'), crop: t('Crop') }
  return (
    <fieldset class="editor-modes scripted" aria-label={t('What do you want to change?')}>
      {Object.entries(modes).map(([mode, name]) => (
        <button type="button" class="chip" data-mode={mode} aria-pressed="false">
          {name}
        </button>
      ))}
    </fieldset>
  )
}

function CropTools() {
  const t = useT()
  const ratios: [ratio: string, name: string][] = [
    ['', t('Free')],
    ['original', t('As taken')],
    ['1', '1:1'],
    ['0.8', '4:5'],
    ['1.7778', '16:9'],
  ]
  return (
    <div class="editor-tools scripted" data-tools="crop">
      <fieldset class="chips" aria-label={t('Shape')}>
        {ratios.map(([ratio, name]) => (
          <button type="button" class="chip" data-ratio={ratio} aria-pressed={ratio === '' ? 'true' : 'false'}>
            {name}
          </button>
        ))}
      </fieldset>
      <button type="button" class="chip turn" data-turn-right>
        <Icon name="rotate-cw-square" size={20} />
        {t('Turn')}
      </button>
    </div>
  )
}

function Timeline() {
  const t = useT()
  return (
    <div class="editor-tools scripted" data-tools="trim cover">
      <button type="button" class="icon-button" data-play data-tools="trim" aria-label={t('Play')} aria-pressed="false">
        <Icon name="play" />
      </button>
      <div class="timeline" data-timeline>
        <div class="timeline-strip" data-strip />
        <span class="timeline-outside start" data-outside="start" />
        <span class="timeline-outside end" data-outside="end" />
        <span class="timeline-now" data-now />
        <Slider class="timeline-end start" name="start" label={t('Start of the video')} />
        <Slider class="timeline-end end" name="end" label={t('End of the video')} />
        <Slider class="timeline-cover" name="cover" label={t('Cover')} />
      </div>
      <output class="timeline-text" data-times />
    </div>
  )
}

/** Shows the editor on a page of its own, for browsers without scripts and for links. */
export function EditFilePage(props: EditorProps) {
  const t = useT()
  const title = props.file.kind === 'video' ? t('Edit video') : t('Edit photo')
  return (
    <Layout title={title} sheet wide>
      <h1 class="unseen">{title}</h1>
      <Editor {...props} />
    </Layout>
  )
}

/** Opens the editor from the tile of a file. */
export function EditLink({ file }: { file: FileJson }) {
  const t = useT()
  // a file that failed can be changed if it was ready before
  if (file.status !== 'ready' && !file.original) return null
  return (
    <a class="edit button small" href={`/files/${file.id}/edit`} data-edit>
      <Icon name="crop" size={20} />
      {t('Edit the picture')}
    </a>
  )
}
