import type { PostJson } from '../../shapes/posts'
import type { Translate } from '../words'

/** Names the state of a post that is not published. Lists show the name in the place of the time. */
export function statusName(status: PostJson['status'], t: Translate): string {
  const names: Record<PostJson['status'], string> = {
    processing: t('Processing'),
    scheduled: t('Scheduled'),
    held: t('Being checked'),
    published: t('Published'),
    failed: t('Not published'),
  }
  return names[status]
}
