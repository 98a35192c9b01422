import type { PostJson } from '../../shapes/posts'
import type { Translate } from '../words'

/** What stands in the place of the time of a post that is not published. */
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
