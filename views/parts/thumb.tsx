import type { PostJson } from '../../shapes/posts'
import { Picture } from './picture'

/** The first picture of a post at the end of a row. A sensitive one stays covered, as it does in a grid. */
export function Thumb({ post: { files, sensitive } }: { post: Pick<PostJson, 'files' | 'sensitive'> }) {
  const [file] = files
  return (
    file && (
      <span class={sensitive ? 'thumb covered' : 'thumb'}>
        <Picture file={file} use="thumb" decorative />
      </span>
    )
  )
}
