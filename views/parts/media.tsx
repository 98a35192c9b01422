import type { FileJson } from '../../shapes/files'
import type { PostJson } from '../../shapes/posts'
import { useT } from '../frame'
import { fileName } from '../posts/name'
import { Icon } from './icon'
import { Picture } from './picture'
import { Ring } from './ring'
import { Video } from './video'

/**
 * The pictures and videos of a post. Several of them form a carousel, in which swiping and the arrow keys work without
 * JavaScript; the dots need it.
 */
export function Media({ post, eager }: { post: PostJson; eager?: boolean }) {
  const t = useT()
  const { files } = post
  return (
    <div class="media">
      {post.sensitive && !post.viewer.own && (
        <details class="cover">
          <summary>
            <Icon name="eye-off" />
            <span>{t('This post is marked as sensitive. Show it anyway?')}</span>
          </summary>
        </details>
      )}
      {files.length === 1 ? (
        <div class="slides single">
          {files.map((file) => (
            <Slide file={file} name={fileName(post, file, t)} alone frames {...(eager && { eager })} />
          ))}
        </div>
      ) : (
        <div class="carousel">
          <ol class="slides" tabindex={0} aria-label={t('{n} photos and videos', { n: files.length })}>
            {files.map((file, at) => (
              <li>
                <Slide file={file} name={fileName(post, file, t)} frames={at === 0} eager={!!eager && at === 0} />
              </li>
            ))}
          </ol>
          <CarouselControls count={files.length} />
        </div>
      )}
    </div>
  )
}

function CarouselControls({ count }: { count: number }) {
  const t = useT()
  return (
    <>
      <button type="button" class="step earlier scripted" aria-label={t('Previous photo')} hidden>
        <Icon name="chevron-left" size={20} />
      </button>
      <button type="button" class="step later scripted" aria-label={t('Next photo')}>
        <Icon name="chevron-right" size={20} />
      </button>
      <span class="dots scripted" aria-hidden="true">
        {Array.from({ length: count }, (_, at) => (
          <i class={at ? '' : 'on'} />
        ))}
      </span>
    </>
  )
}

/** A picture this much wider than high is shown higher than it would fit, and panned. */
const PANORAMA = 2.2
const isPanorama = ({ width, height }: FileJson) => !!width && !!height && width / height >= PANORAMA

/** A picture this much higher than wide gets a mark in lists, which show only a part of it. */
const TALL = 1.4
const isTall = ({ width, height }: FileJson) => !!width && !!height && height / width >= TALL

type SlideProps = {
  file: FileJson
  name: string
  eager?: boolean
  /** Whether the picture is the only one of its post. In a carousel, panning would get in the way of swiping. */
  alone?: boolean
  /** Whether the picture gives the frame its shape, which cuts a tall picture. The others are fitted into the frame. */
  frames?: boolean
}

function Slide({ file, name, eager, alone, frames }: SlideProps) {
  const t = useT()
  const full = file.renditions.full ?? file.renditions.feed
  if (file.status === 'processing')
    return (
      <span class="photo pending" data-file={file.id}>
        <Picture file={file} use="feed" decorative />
        <span class="state">
          <Ring value={file.progress} label={t('Processing')} />
        </span>
      </span>
    )
  if (file.status === 'failed')
    return (
      <span class="photo broken">
        <Picture file={file} use="feed" decorative />
        <span class="state">
          <Icon name="triangle-alert" />
        </span>
      </span>
    )
  if (file.renditions.mp4) return <Video file={file} name={name} {...(eager && { eager })} />
  const picture = <Picture file={file} use="feed" name={name} {...(eager && { eager })} />
  return full ? (
    <a
      class={alone && isPanorama(file) ? 'photo panorama' : 'photo'}
      href={full.url}
      data-photo
      data-width={String(full.width)}
      data-height={String(full.height)}
    >
      {picture}
      {alone && isPanorama(file) && (
        <span class="pan">
          <Icon name="move-horizontal" size={20} />
        </span>
      )}
      {frames && isTall(file) && (
        <span class="pan tall">
          <Icon name="maximize" size={20} />
        </span>
      )}
    </a>
  ) : (
    <span class="photo">{picture}</span>
  )
}
