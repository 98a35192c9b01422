import { raw } from 'hono/html'
import { AGREED_PAGES, PAGE_NAMES, type PageJson, type PageName } from '../../shapes/pages'
import { useT } from '../frame'
import { pageTitle } from '../pages/names'
import { Confirm } from '../parts/confirm'
import { TextArea } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Desk } from './desk'

const isAgreed = (name: PageName) => AGREED_PAGES.some((each) => each === name)

export function PagesPage({ written }: { written: PageName[] }) {
  const t = useT()
  return (
    <Desk title={t('Pages')}>
      <p class="lead">
        {t('These pages are linked at the foot of every page, and visitors can read them without an account.')}
      </p>
      <ul class="rows">
        {PAGE_NAMES.map((name) => (
          <li class="row">
            <div class="what">
              <strong>{pageTitle(t, name)}</strong>
              <span class="hint">
                {written.includes(name) ? t('Written') : t('Not written yet')}
                {isAgreed(name) && <> · {t('New members agree to it, and all members again after a change.')}</>}
              </span>
            </div>
            <a class="button" href={`/admin/pages/${name}`}>
              {written.includes(name) ? t('Edit') : t('Write')}
            </a>
          </li>
        ))}
      </ul>
    </Desk>
  )
}

type Props = { name: PageName; page?: PageJson }

export function PageForm({ name, page, ...form }: FormProps & Props) {
  const t = useT()
  return (
    <Form action={`/admin/pages/${name}`} method="put" class="stack" live done={t('Saved.')}>
      <FormProblem {...form} />
      <TextArea
        label={t('Text')}
        name="text"
        rows={16}
        maxlength={100_000}
        required
        value={page?.text ?? ''}
        hint={t('In Markdown: # makes a heading, * a list, and a blank line a new paragraph.')}
        {...form}
      />
      <button class="button primary">{t('Save')}</button>
      {page && (
        <details>
          <summary>{t('Preview')}</summary>
          <article class="prose" aria-label={pageTitle(t, name)}>
            {raw(page.html)}
          </article>
        </details>
      )}
    </Form>
  )
}

export function EditPage({ name, page }: Props) {
  const t = useT()
  return (
    <Desk title={pageTitle(t, name)}>
      <section class="panel">
        <PageForm name={name} {...(page && { page })} />
      </section>
      {page && (
        <Confirm label={t('Delete this page')} question={t('The page is no longer linked, and its text is lost.')}>
          <Act action={`/admin/pages/${name}`} method="delete" button="button danger">
            {t('Delete this page')}
          </Act>
        </Confirm>
      )}
    </Desk>
  )
}
