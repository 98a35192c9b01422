import type { AgeJson } from '../../../shapes/age'
import { useFrame, useT } from '../../frame'
import { Layout } from '../../layout'
import { Field } from '../../parts/field'
import { Act, Form, FormProblem } from '../../parts/form'
import type { FormProps } from '../../parts/form-props'
import { dayInSentence } from '../../parts/time'
import { adultsText } from './text'

type Props = FormProps & { age: AgeJson }

/** The birthday is asked for in one neutral question, which does not say what answer is wanted. */
export function AgeForm({ age: _, ...form }: Props) {
  const t = useT()
  return (
    <Form action="/users/account/age" method="put" class="stack">
      <FormProblem {...form} />
      <Field
        label={t('Your date of birth')}
        name="birthDate"
        type="date"
        required
        autocomplete="bday"
        hint={t('Your date of birth is not stored: only that you are an adult, or the day from which you will be one.')}
        {...form}
      />
      <button class="button primary">{t('Confirm my age')}</button>
    </Form>
  )
}

export function AgePage(props: Props) {
  const frame = useFrame()
  const { t } = frame
  return (
    <Layout title={t('Posts for adults')} back="/users/account">
      <section class="panel">
        <p>{t('Some posts are shown only to adults who have confirmed their age. You do that once.')}</p>
        <p>{adultsText(frame)}</p>
        <State {...props} />
      </section>
    </Layout>
  )
}

function State({ age, ...form }: Props) {
  const t = useT()
  if (age.confirmedAt)
    return (
      <>
        <p role="status">
          <strong>{t('You confirmed your age on {day}.', { day: dayInSentence(age.confirmedAt, t.locale) })}</strong>
        </p>
        <Act action="/users/account/age" method="delete">
          {t('Hide posts for adults again')}
        </Act>
      </>
    )
  if (age.adultFrom)
    return (
      <p role="status">
        <strong>{t('You can see these posts from {day}.', { day: dayInSentence(age.adultFrom, t.locale) })}</strong>{' '}
        {t('If you mistyped your birthday, please ask the staff.')}
      </p>
    )
  if (age.proof === 'staff') return <p>{t('The staff confirm ages in this community. Please ask them.')}</p>
  return <AgeForm age={age} {...form} />
}
