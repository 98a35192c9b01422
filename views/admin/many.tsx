import type { SuspendedManyJson } from '../../shapes/people'
import { useT } from '../frame'
import { TextArea } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Desk } from './desk'

/** The id of the form that suspends everybody whose box is ticked on the list of people. */
export const SUSPEND_MANY = 'suspend-many'

/** The bar under the list of people. It appears once somebody is selected. */
export function SuspendSelected() {
  const t = useT()
  return (
    <div class="selected-bar">
      <details class="confirm">
        <summary class="button danger">{t('Suspend the selected people')}</summary>
        <div class="sheet">
          <p>{t('They will be signed out, and their posts will be hidden. You can undo this.')}</p>
          <SuspendManyForm />
        </div>
      </details>
    </div>
  )
}

export function SuspendManyForm({ values, ...form }: FormProps) {
  const t = useT()
  const again = [values?.handles ?? []].flat()
  return (
    <Form action="/admin/users/suspensions" class="stack" id={SUSPEND_MANY}>
      <FormProblem {...form} />
      {again.map((handle) => (
        <input type="hidden" name="handles" value={String(handle)} />
      ))}
      <SharedReason {...(values && { values })} {...form} />
      <button class="button danger filled">{t('Suspend')}</button>
    </Form>
  )
}

export function SharedReason(form: FormProps) {
  const t = useT()
  return (
    <TextArea
      label={t('Reason')}
      name="reason"
      rows={2}
      maxlength={500}
      required
      hint={t('Each of them will see it when they try to sign in.')}
      {...form}
    />
  )
}

type Props = SuspendedManyJson & { what: 'suspended' | 'lifted' }

/** Tells who was suspended and who was not, and offers to undo it. */
export function SuspendedManyPage({ what, changed, left }: Props) {
  const t = useT()
  return (
    <Desk title={t('People')}>
      <section class="panel stack">
        <h2>
          {what === 'suspended'
            ? t({ one: '{n} person was suspended.', other: '{n} people were suspended.' }, { n: changed.length })
            : t(
                {
                  one: 'The suspension of {n} person was lifted.',
                  other: 'The suspensions of {n} people were lifted.',
                },
                { n: changed.length },
              )}
        </h2>
        <Names handles={changed} />
        {left.length > 0 && (
          <ul class="left-out">
            {left.map(({ handle, detail }) => (
              <li>
                <bdi>@{handle}</bdi>: {t(detail)}
              </li>
            ))}
          </ul>
        )}
        {what === 'suspended' && changed.length > 0 && (
          <Form action="/admin/users/suspensions/lifts">
            {changed.map((handle) => (
              <input type="hidden" name="handles" value={handle} />
            ))}
            <button class="button">{t('Undo')}</button>
          </Form>
        )}
        <p>
          <a href="/admin/users">{t('Back to the list of people')}</a>
        </p>
      </section>
    </Desk>
  )
}

const Names = ({ handles }: { handles: string[] }) => (
  <p>
    {handles.map((handle, index) => (
      <>
        {index > 0 && ' · '}
        <a href={`/users/${handle}`}>
          <bdi>@{handle}</bdi>
        </a>
      </>
    ))}
  </p>
)
