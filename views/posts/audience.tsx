import type { Child } from 'hono/jsx'
import { useFrame } from '../frame'
import { described, FieldError, typed } from '../parts/field'
import type { FormProps } from '../parts/form-props'
import { adultsMark } from '../users/adults/text'
import { dateFormat } from '../words/format'

type Props = FormProps & {
  visibility: 'everyone' | 'followers'
  sensitive: boolean
  adultsOnly: boolean
  price: number
  /** When the post is to be published; null for at once. Left out for a post that is published already. */
  publishAt?: string | null
  /** More rows, which stand above the time. */
  children?: Child
}

/**
 * The rows for who sees a post, its price, whether it is sensitive or for adults, and the time of publication. Each shows its current
 * value. An unticked checkbox sends nothing, so the hidden `off` stands in for it.
 */
export function AudienceFields({ visibility, sensitive, adultsOnly, price, publishAt, children, ...form }: Props) {
  const { t, coins } = useFrame()
  const chosen = typed(form, 'visibility', visibility)
  const covered = form.values ? [form.values.sensitive].flat().includes('on') : sensitive
  return (
    <div class="options">
      <label class="option">
        <span>{t('Who can see it')}</span>
        <select name="visibility">
          <option value="everyone" selected={chosen === 'everyone'}>
            {t('Everyone')}
          </option>
          <option value="followers" selected={chosen === 'followers'}>
            {t('My followers')}
          </option>
        </select>
      </label>
      {coins !== null && <PriceRow price={price} {...form} />}
      <label class="option switch">
        <input type="hidden" name="sensitive" value="off" />
        <input type="checkbox" name="sensitive" value="on" checked={covered} />
        <span>
          {t('Sensitive')}
          <span class="hint">{t('The pictures stay covered until someone chooses to see them.')}</span>
        </span>
      </label>
      <AdultsRow adultsOnly={adultsOnly} {...form} />
      {children}
      {publishAt !== undefined && <TimeRow publishAt={publishAt} {...form} />}
    </div>
  )
}

/** Unlike a sensitive post, which anybody can uncover, a post for adults is not shown to others at all. */
function AdultsRow({ adultsOnly, ...form }: FormProps & { adultsOnly: boolean }) {
  const frame = useFrame()
  const { t, viewer } = frame
  const chosen = form.values ? [form.values.adultsOnly].flat().includes('on') : adultsOnly
  return (
    <label class="option switch">
      <input type="hidden" name="adultsOnly" value="off" />
      <input type="checkbox" name="adultsOnly" value="on" checked={chosen} disabled={!viewer?.adult && !chosen} />
      <span>
        {t('Only for adults')} ({adultsMark(frame)})
        <span class="hint">
          {t('Only members who have confirmed their age see this post.')}{' '}
          {!viewer?.adult && <a href="/users/account/age">{t('Confirm your own age first.')}</a>}
        </span>
        <FieldError name="adultsOnly" {...form} />
      </span>
    </label>
  )
}

/** Without JavaScript there is no switch, so the row says that a price of 0 makes the post free. */
function PriceRow({ price, ...form }: FormProps & { price: number }) {
  const { t } = useFrame()
  const asked = typed(form, 'price', price)
  return (
    <div class="option optional" data-optional="price">
      <label class="switch scripted">
        <input type="checkbox" checked={Number(asked) !== 0} data-switch />
        <span>
          {t('Ask coins for it')}
          <span class="hint">{t('A paid post is blurred until someone buys it, and buyers keep it.')}</span>
        </span>
      </label>
      <div class="stepper">
        <button type="button" class="icon-button scripted" data-step="-1" aria-label={t('Lower price')}>
          −
        </button>
        <label>
          <span class="label">{t('Price in coins')}</span>
          <input
            name="price"
            type="number"
            inputmode="numeric"
            min={0}
            max={1_000_000}
            step={1}
            value={asked}
            {...described(form, 'price', null)}
          />
        </label>
        <button type="button" class="icon-button scripted" data-step="1" aria-label={t('Higher price')}>
          +
        </button>
      </div>
      <FieldError name="price" {...form} />
      <p class="hint unscripted">
        {t('0 makes the post free.')} {t('A paid post is blurred until someone buys it, and buyers keep it.')}
      </p>
    </div>
  )
}

/**
 * The time is entered in the time zone of the person, since a form field for times knows none. Without JavaScript there is
 * no switch, so the row says that no time publishes the post at once.
 */
function TimeRow({ publishAt, ...form }: FormProps & { publishAt: string | null }) {
  const { t, timeZone } = useFrame()
  const at = typed(form, 'publishAt', publishAt && localTime(publishAt, timeZone))
  return (
    <div class="option optional" data-optional="publishAt">
      <label class="switch scripted">
        <input type="checkbox" checked={!!at} data-switch />
        <span>
          {t('Publish later')}
          <span class="hint">{t('You can change the time or publish it earlier.')}</span>
        </span>
      </label>
      <label class="field at">
        <span class="label">
          {t('Day and time in')} <span translate="no">{timeZone}</span>
        </span>
        <input type="datetime-local" name="publishAt" value={at} {...described(form, 'publishAt', null)} />
      </label>
      <FieldError name="publishAt" {...form} />
      <p class="hint unscripted">
        {t('Leave it empty to publish at once.')} {t('You can change the time or publish it earlier.')}
      </p>
    </div>
  )
}

/** A time as a form field shows it: the local day and time without a time zone. */
function localTime(at: string, timeZone: string): string {
  const shown = dateFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(new Date(at))
  return shown.replace(' ', 'T')
}
