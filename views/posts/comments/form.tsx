import { useFrame } from '../../frame'
import { Avatar } from '../../parts/avatar'
import { FieldError, typed } from '../../parts/field'
import { Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { Icon } from '../../parts/icon'

type Props = FormProps & {
  postId: number
  /** The comment that is replied to. */
  parentId?: number
}

/** Form for a comment or a reply. `POST /posts/:id/comments` returns it with the errors, or empty after success. */
export function CommentForm(props: Props) {
  const { viewer } = useFrame()
  const parentId = Number(props.values?.parentId) || props.parentId
  if (!viewer) return parentId ? null : <SignIn {...props} />
  return parentId ? (
    <AnswerBox {...props} parentId={parentId} />
  ) : (
    <Writing {...props} target="#new-comment" id="new-comment" />
  )
}

function AnswerBox({ parentId, ...props }: Props & { parentId: number }) {
  const { t } = useFrame()
  const id = `answer-${parentId}`
  return (
    <details class="answer-box" id={id} open={!!props.problem}>
      <summary>{t('Reply')}</summary>
      <Writing {...props} parentId={parentId} target={`#${id}`} />
    </details>
  )
}

function Writing({ postId, parentId, target, id, ...form }: Props & { target: string; id?: string }) {
  const { t, viewer } = useFrame()
  const label = parentId ? t('Your reply') : t('Your comment')
  const unplaced = form.problem?.errors?.length ? {} : form // Errors that belong to no field are shown below it.
  const error = `comment-error-${parentId ?? 0}`
  return (
    <Form action={`/posts/${postId}/comments`} live target={target} class="writing" {...(id && { id })}>
      {viewer && <Avatar user={viewer} />}
      <div class="field">
        <textarea
          name="text"
          rows={1}
          maxlength={2000}
          required
          data-suggests={t('Suggestions: {n}')}
          aria-label={label}
          placeholder={label}
          {...(form.problem && { autofocus: true })}
          {...(form.problem?.errors?.length && { 'aria-invalid': 'true', 'aria-describedby': error })}
        >
          {typed(form, 'text')}
        </textarea>
        <FieldError name="text" id={error} {...form} />
        <FormProblem {...unplaced} />
      </div>
      {parentId && <input type="hidden" name="parentId" value={String(parentId)} />}
      <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
      <button class="icon-button send" aria-label={t('Send')} title={t('Send')}>
        <Icon name="arrow-up" size={20} />
      </button>
    </Form>
  )
}

function SignIn({ postId }: Props) {
  const { t } = useFrame()
  return (
    <a class="button" href={`/sessions/new?next=/posts/${postId}`}>
      {t('Sign in to comment')}
    </a>
  )
}
