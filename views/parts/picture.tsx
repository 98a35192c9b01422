import type { FileJson } from '../../shapes/files'
import { useT } from '../frame'

type Props = {
  file: FileJson
  /** How large it will be: a column of a feed, or one of several in a grid. */
  use: 'feed' | 'thumb'
  /** The first on a page is fetched at once. */
  eager?: boolean
  /** Something around it tells what it shows. */
  decorative?: boolean
}

const NAMES = ['thumb', 'feed', 'full'] as const
const SIZES = {
  feed: '(min-width: 700px) 640px, 100vw',
  thumb: '(min-width: 1100px) 300px, (min-width: 700px) 30vw, 50vw',
}

/** The placeholder stands in the picture's place until it is there; width and height keep the room, so nothing jumps. */
export function Picture({ file, use, eager, decorative }: Props) {
  const t = useT()
  const { renditions, placeholder } = file
  // what could not be read has no shape; why is below it, and is to be seen
  const [width, height] = [file.width ?? 4, file.height ?? (file.status === 'failed' ? 2 : 5)]
  const shown = renditions[use] ?? renditions.poster ?? renditions.thumb ?? renditions.blurred
  return (
    <span class="picture">
      {placeholder && (
        <img class="placeholder" src={placeholder} width={width} height={height} alt="" aria-hidden="true" />
      )}
      {shown ? (
        <img
          class="real"
          src={shown.url}
          srcset={srcset(file)}
          sizes={SIZES[use]}
          width={width}
          height={height}
          alt={decorative ? '' : file.altText || t('Photo without a description')}
          loading={eager ? 'eager' : 'lazy'}
          {...(eager && { fetchpriority: 'high' })}
          decoding="async"
        />
      ) : (
        <svg class="room" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true" />
      )}
    </span>
  )
}

const srcset = ({ renditions }: FileJson) =>
  NAMES.flatMap((name) => (renditions[name] ? [`${renditions[name].url} ${renditions[name].width}w`] : [])).join(
    ', ',
  ) || undefined
