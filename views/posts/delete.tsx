import type { Child } from 'hono/jsx'
import { useT } from '../frame'
import { Confirm } from '../parts/confirm'
import { Form } from '../parts/form'

/** Lets authors delete their post, after a question. */
export function DeletePost({ id, label }: { id: number; label: Child }) {
  const t = useT()
  return (
    <Confirm label={label} question={t('The post and its photos will be permanently deleted.')}>
      <Form action={`/posts/${id}`} method="delete">
        <button class="button danger filled">{t('Delete permanently')}</button>
      </Form>
    </Confirm>
  )
}
