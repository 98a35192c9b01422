import type { CommentJson } from '../../../shapes/comments'
import type { PostJson } from '../../../shapes/posts'
import { useFrame, useT } from '../../frame'
import { Avatar } from '../../parts/avatar'
import { Form } from '../../parts/form'
import { Icon } from '../../parts/icon'
import { Menu } from '../../parts/menu'
import { Ago, EditedWhen } from '../../parts/time'
import { Words } from '../../parts/words'
import { cut } from '../../words/cut'
import { CommentsLink } from '../actions'

/** How much of a comment its name says. */
const MOST = 60

type Props = { comment: CommentJson }

export function CommentPart({ comment }: Props) {
  const t = useT()
  const { id, author, text, createdAt, editedAt } = comment
  return (
    <article
      class="comment"
      id={`comment-${id}`}
      aria-label={t('Comment by {name}: {text}', { name: author.displayName, text: cut(text, MOST, t.locale) })}
    >
      <Avatar user={author} />
      <div class="said">
        <div class="by">
          <a href={`/users/${author.handle}`}>
            <strong>
              <bdi>{author.displayName}</bdi>
            </strong>
          </a>
          <a class="since" href={`/comments/${id}#comment-${id}`}>
            <Ago at={createdAt} />
          </a>
          {editedAt && <EditedWhen at={editedAt} />}
        </div>
        <p class="text">
          <Words text={text} />
        </p>
      </div>
      <CommentMenu comment={comment} />
    </article>
  )
}

function CommentMenu({ comment: { id, author, viewer } }: Props) {
  const { t, viewer: me } = useFrame()
  const here = `#comment-${id}`
  if (!me) return null
  return (
    <Menu id={`more-${id}`} label={t('Options for the comment by {name}', { name: author.displayName })}>
      {viewer.own && (
        <a href={`/comments/${id}/edit`} hx-get={`/comments/${id}/edit`} hx-target={here} hx-swap="outerHTML">
          <Icon name="pencil" size={20} /> {t('Edit comment')}
        </a>
      )}
      {!viewer.own && (
        <a href={`/reports/new?commentId=${id}`}>
          <Icon name="flag" size={20} /> {t('Report')}
        </a>
      )}
      {viewer.mayDelete && (
        <Form action={`/comments/${id}`} method="delete" live target={here} done={t('The comment has been deleted.')}>
          <button class="button danger">
            <Icon name="trash-2" size={20} /> {t('Delete comment')}
          </button>
        </Form>
      )}
    </Menu>
  )
}

/** Placeholder for a comment that was deleted or that the viewer cannot see, while there are replies to it. */
export function GoneComment() {
  const t = useT()
  return <p class="gone">{t('This comment is no longer available.')}</p>
}

/** The response to `DELETE`. */
export const Deleted = ({ post }: { post: PostJson }) => (
  <>
    <GoneComment />
    <CommentsLink post={post} renewed />
  </>
)
