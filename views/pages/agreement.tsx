import { AGREED_PAGES, type PageName } from '../../shapes/pages'
import { useFrame } from '../frame'
import { FieldError } from '../parts/field'
import { Form } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { pageTitle } from './names'

const toAgree = (names: PageName[]) => AGREED_PAGES.filter((name) => names.includes(name))

function Links() {
  const { t, pages } = useFrame()
  return (
    <>
      {toAgree(pages).map((name, index) => (
        <>
          {index > 0 && ' · '}
          <a href={`/pages/${name}`} target="_blank" rel="noopener">
            {pageTitle(t, name)}
          </a>
        </>
      ))}
    </>
  )
}

/** The checkbox with which a person agrees while signing up. It is left out when there is nothing to agree to. */
export function AgreeField(form: FormProps) {
  const { t, pages } = useFrame()
  if (!toAgree(pages).length) return null
  return (
    <div class="field">
      <label class="switch agreeing">
        <input type="checkbox" name="agree" value="on" required checked={form.values?.agree === 'on'} />
        <span>
          {t('I have read and agree to:')} <Links />
        </span>
      </label>
      <FieldError name="agree" {...form} />
    </div>
  )
}

/** Asks a member to agree again after a change. It stays at the top of every page until they do. */
export function AgreeAgain() {
  const { t, asksToAgree } = useFrame()
  if (!asksToAgree) return null
  return (
    <aside class="panel agree" aria-label={t('Please read and agree')}>
      <p>
        {t('Please read and agree, since this changed:')} <Links />
      </p>
      <Form action="/pages/agreement" method="put">
        <button class="button primary">{t('I agree')}</button>
      </Form>
    </aside>
  )
}
