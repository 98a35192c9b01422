import type { FileJson } from '../../shapes/files'
import { useT } from '../frame'

/**
 * A video in the browser's own player, inline on phones, too. `player.ts` remembers the position and renews expired
 * links.
 */
export function Video({ file, eager }: { file: FileJson; eager?: boolean }) {
  const t = useT()
  const { mp4, poster } = file.renditions
  if (!mp4) return null
  return (
    <span class="photo film">
      <video
        src={mp4.url}
        {...(poster && { poster: poster.url })}
        width={mp4.width}
        height={mp4.height}
        preload={eager ? 'metadata' : 'none'}
        controls
        playsinline
        aria-label={file.altText || t('Video without a description')}
        data-video={String(file.id)}
      />
    </span>
  )
}
