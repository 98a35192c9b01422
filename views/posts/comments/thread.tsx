import type { CommentJson, ThreadJson } from '../../../shapes/comments'
import type { PostJson } from '../../../shapes/posts'
import { useT } from '../../frame'
import { More } from '../../parts/more'
import { CommentsLink } from '../actions'
import { CommentPart, GoneComment } from './comment'
import { CommentForm } from './form'

type Props = { postId: number; thread: ThreadJson }

/** A comment with its latest replies. */
const ThreadPart = ({ postId, thread: { id, comment, answers, earlier } }: Props) => (
  <section class="thread">
    {comment ? <CommentPart comment={comment} /> : <GoneComment />}
    <div class="answers">
      <AnswersPart postId={postId} id={id} answers={answers} earlier={earlier} />
      {comment && <CommentForm postId={postId} parentId={id} />}
    </div>
  </section>
)

export const ThreadsPart = ({
  postId,
  threads,
  next,
}: {
  postId: number
  threads: ThreadJson[]
  next: string | null
}) => (
  <>
    {threads.map((thread) => (
      <ThreadPart postId={postId} thread={thread} />
    ))}
    <More next={next} />
  </>
)

type Answers = { postId: number; id: number; answers: CommentJson[]; earlier: string | null }

/** Replies, oldest first. A link above them loads earlier ones. */
export function AnswersPart({ postId, id, answers, earlier }: Answers) {
  const t = useT()
  const before = earlier && `/posts/${postId}/comments?parentId=${id}&cursor=${earlier}`
  return (
    <>
      {before && (
        <a class="before" href={before} hx-get={before} hx-swap="outerHTML" hx-sync="drop">
          {t('Earlier replies')}
        </a>
      )}
      {answers.map((answer) => (
        <CommentPart comment={answer} />
      ))}
    </>
  )
}

/** The response to `POST`: the new comment and an empty form. */
export const Commented = ({ comment, post }: { comment: CommentJson; post: PostJson }) => (
  <>
    {comment.parentId ? (
      <>
        <CommentPart comment={comment} />
        <CommentForm postId={post.id} parentId={comment.parentId} />
      </>
    ) : (
      <>
        <CommentForm postId={post.id} />
        <ThreadPart postId={post.id} thread={{ id: comment.id, comment, answers: [], earlier: null }} />
      </>
    )}
    <CommentsLink post={post} renewed />
  </>
)
