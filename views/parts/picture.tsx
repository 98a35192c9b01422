import type { FileJson } from '../../shapes/files'

type Props = {
  file: FileJson
  /** The width at which the picture is shown: a full feed column or a cell of a grid. */
  use: 'feed' | 'thumb'
  /** Loads the picture immediately, for the first one on a page. */
  eager?: boolean
} & (
  | {
      /** The text that screen readers say. */
      name: string
    }
  | {
      /** Something around the picture already describes it. */
      decorative: true
    }
)

const NAMES = ['thumb', 'feed', 'full'] as const
const SIZES = {
  feed: '(min-width: 700px) 640px, 100vw',
  thumb: '(min-width: 1200px) 240px, (min-width: 700px) 25vw, 34vw',
}

/**
 * Shows a placeholder until the picture has loaded. Width and height reserve the space, so that the layout does not
 * shift.
 */
export function Picture({ file, use, eager, ...said }: Props) {
  const { renditions, placeholder } = file
  // A file that could not be read has no dimensions. It gets a low box, so that the reason below it stays in view.
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
          alt={'name' in said ? said.name : ''}
          loading={eager ? 'eager' : 'lazy'}
          fetchpriority={eager ? 'high' : undefined}
          decoding="async"
        />
      ) : (
        <svg class="room" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true" />
      )}
    </span>
  )
}

function srcset({ renditions }: FileJson): string | undefined {
  let shown = ''
  let last: string | undefined
  for (const name of NAMES) {
    const each = renditions[name]
    if (!each || each.url === last) continue // two names may have the same bytes
    shown += `${shown && ', '}${each.url} ${each.width}w`
    last = each.url
  }
  return shown || undefined
}
