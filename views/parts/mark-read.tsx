import { useT } from '../frame'
import { Form } from './form'
import { Icon } from './icon'

/** Everything of a list up to what is on top of it. */
export function MarkRead({ list, upTo }: { list: 'inbox' | 'notifications'; upTo: string }) {
  const t = useT()
  return (
    <Form action={`/${list}/read`} method="put">
      <input type="hidden" name="upTo" value={upTo} />
      <button class="button quiet">
        <Icon name="list-checks" size={20} />
        <span>{t('Mark all as read')}</span>
      </button>
    </Form>
  )
}
