import type { CommentJson } from '../../../shapes/comments'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { FieldError, typed } from '../../parts/field'
import { Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'

type Props = FormProps & { comment: CommentJson }

/** Form for editing a comment. With htmx it replaces the comment; otherwise it has a page of its own. */
export function EditCommentForm({ comment: { id, text }, ...form }: Props) {
  const t = useT()
  const here = `comment-${id}`
  return (
    <Form action={`/comments/${id}`} method="patch" live id={here} class="editing" target={`#${here}`}>
      {!form.problem?.errors?.length && <FormProblem {...form} />}
      <label class="field">
        <span class="unseen">{t('Your comment')}</span>
        <textarea name="text" rows={2} maxlength={2000} required autofocus data-suggests={t('Suggestions: {n}')}>
          {typed(form, 'text', text)}
        </textarea>
        <FieldError name="text" {...form} />
      </label>
      <div class="buttons">
        <button class="button primary">{t('Save')}</button>
        <a
          class="button"
          href={`/comments/${id}`}
          hx-get={`/comments/${id}`}
          hx-target={`#${here}`}
          hx-swap="outerHTML"
        >
          {t('Cancel')}
        </a>
      </div>
    </Form>
  )
}

export function EditCommentPage({ comment }: Props) {
  const t = useT()
  return (
    <Layout title={t('Edit comment')} back={`/comments/${comment.id}`}>
      <div class="panel">
        <EditCommentForm comment={comment} />
      </div>
    </Layout>
  )
}
