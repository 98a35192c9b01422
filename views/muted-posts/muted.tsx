import type { PostJson } from '../../shapes/posts'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Act, Form } from '../parts/form'

/** Stands where a post was that does not interest the viewer. `PUT /muted-posts/:id` responds with it. */
export function MutedPost({ post: { id, author } }: { post: PostJson }) {
  const t = useT()
  return (
    <div class="muted-post" data-step tabindex={-1}>
      <p id={`muted-${id}`}>{t('You will no longer be shown this post.')}</p>
      <div class="buttons">
        <Form action={`/muted-posts/${id}`} method="delete" live target="closest .muted-post">
          <button class="button" aria-describedby={`muted-${id}`} autofocus>
            {t('Undo')}
          </button>
        </Form>
        {!author.viewer.muted && (
          <Act action={`/mutes/${author.handle}`} method="put" live>
            {t('Mute @{handle}', { handle: author.handle })}
          </Act>
        )}
      </div>
    </div>
  )
}

/** Shows a muted post on a page of its own, for browsers without JavaScript. */
export function MutedPostPage({ post }: { post: PostJson }) {
  const t = useT()
  return (
    <Layout title={t('Not interested')} back="/">
      <div class="feed">
        <MutedPost post={post} />
      </div>
    </Layout>
  )
}
