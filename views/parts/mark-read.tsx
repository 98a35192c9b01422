import { useT } from '../frame'
import { Form } from './form'
import { Icon } from './icon'

/** Marks everything in a list as read, up to the newest entry on the page. */
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
