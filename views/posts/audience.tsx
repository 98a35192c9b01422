import { useFrame } from '../frame'
import { Field, typed } from '../parts/field'
import type { FormProps } from '../parts/form-props'

type Props = FormProps & { visibility: 'everyone' | 'followers'; sensitive: boolean; price: number; form?: string }

/**
 * Fields for the visibility, the price and the sensitive flag of a post. An unticked checkbox sends nothing, so the
 * hidden `off` stands in for it.
 */
export function AudienceFields({ visibility, sensitive, price, ...form }: Props) {
  const { t, coins } = useFrame()
  const chosen = typed(form, 'visibility', visibility)
  const covered = form.values ? [form.values.sensitive].flat().includes('on') : sensitive
  return (
    <>
      <fieldset class="choices">
        <legend class="label">{t('Who can see it')}</legend>
        <label>
          <input type="radio" name="visibility" value="everyone" checked={chosen === 'everyone'} />{' '}
          <span>{t('Everyone')}</span>
        </label>
        <label>
          <input type="radio" name="visibility" value="followers" checked={chosen === 'followers'} />{' '}
          <span>{t('My followers')}</span>
        </label>
      </fieldset>
      {coins !== null && (
        <Field
          label={t('Price in coins')}
          name="price"
          type="number"
          min={0}
          max={1_000_000}
          step={1}
          value={price}
          hint={t('Enter 0 to make the post free. A paid post is blurred until someone buys it, and buyers keep it.')}
          {...form}
        />
      )}
      <label class="switch">
        <input type="hidden" name="sensitive" value="off" />
        <input type="checkbox" name="sensitive" value="on" checked={covered} />
        <span>
          {t('Sensitive')}
          <span class="hint">{t('The pictures stay covered until someone chooses to see them.')}</span>
        </span>
      </label>
    </>
  )
}
