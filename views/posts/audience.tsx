import type { FormProps } from '../../src/http/input'
import { useT } from '../frame'
import { typed } from '../parts/field'

type Props = FormProps & { visibility: 'everyone' | 'followers'; sensitive: boolean; form?: string }

/** Who sees it, and whether it is covered first. The hidden `off` makes an empty box say so. */
export function AudienceFields({ visibility, sensitive, ...form }: Props) {
  const t = useT()
  const chosen = typed(form, 'visibility', visibility)
  const covered = form.values ? [form.values.sensitive].flat().includes('on') : sensitive
  return (
    <>
      <fieldset class="choices">
        <legend class="label">{t('Who sees it')}</legend>
        <label>
          <input type="radio" name="visibility" value="everyone" checked={chosen === 'everyone'} /> <span>{t('Everyone here')}</span>
        </label>
        <label>
          <input type="radio" name="visibility" value="followers" checked={chosen === 'followers'} /> <span>{t('My followers')}</span>
        </label>
      </fieldset>
      <label class="switch">
        <input type="hidden" name="sensitive" value="off" />
        <input type="checkbox" name="sensitive" value="on" checked={covered} />
        <span>
          {t('Sensitive')}
          <span class="hint">{t('Covered until somebody asks to see it.')}</span>
        </span>
      </label>
    </>
  )
}
