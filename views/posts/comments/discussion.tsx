import type { CommentJson, ThreadJson } from '../../../shapes/comments'
import { useT } from '../../frame'
import { CommentForm } from './form'
import { AnswersPart, ThreadsPart } from './thread'

type Props = {
  postId: number
  threads: ThreadJson[]
  next: string | null
  /** Shows a single thread, for example from the link in a notification. */
  only?: boolean
}

/** The comments on the page of a post. */
export function Discussion({ only, ...list }: Props) {
  const t = useT()
  return (
    <section class="comments" id="comments" aria-labelledby="comments-title">
      <h2 id="comments-title">{t('Comments')}</h2>
      {only ? <AllOfIt postId={list.postId} /> : <CommentForm postId={list.postId} />}
      <ThreadsPart {...list} />
      {!only && <p class="nothing-said">{t('No comments yet. Write the first one.')}</p>}
    </section>
  )
}

function AllOfIt({ postId }: { postId: number }) {
  const t = useT()
  return (
    <a class="before" href={`/posts/${postId}#comments`}>
      {t('All comments')}
    </a>
  )
}

/** A page with earlier replies, for browsers without JavaScript. */
export function EarlierAnswers(list: { postId: number; id: number; answers: CommentJson[]; earlier: string | null }) {
  const t = useT()
  return (
    <section class="comments" id="comments" aria-labelledby="comments-title">
      <h2 id="comments-title">{t('Earlier replies')}</h2>
      <AllOfIt postId={list.postId} />
      <AnswersPart {...list} />
    </section>
  )
}
