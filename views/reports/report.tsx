import type { ReportJson, Subject } from '../../shapes/reports'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { TextArea } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'

/** The form to report something. `values` contains the id of the post or comment, or the handle of the person. */
export function ReportForm({ values = {}, ...form }: FormProps) {
  const t = useT()
  const again = { values, ...form }
  return (
    <Form action="/reports" live class="stack">
      <FormProblem {...form} />
      {['postId', 'commentId', 'handle'].map((name) =>
        values[name] ? <input type="hidden" name={name} value={String(values[name])} /> : null,
      )}
      <TextArea
        label={t('What is wrong?')}
        name="reason"
        rows={4}
        maxlength={500}
        required
        hint={t('Only the staff will read it. The person you report will not be told.')}
        {...again}
      />
      <button class="button primary">{t('Send to the staff')}</button>
    </Form>
  )
}

export function ReportPage({ subject }: { subject: Subject }) {
  const t = useT()
  const handle = 'handle' in subject ? subject.handle : null
  const title = handle
    ? t('Report {name}', { name: `@${handle}` })
    : 'commentId' in subject
      ? t('Report a comment')
      : t('Report a post')
  return (
    <Layout title={title} back={pageOf(subject)}>
      <section class="panel">
        <ReportForm values={{ ...subject }} />
      </section>
    </Layout>
  )
}

function pageOf(subject: Subject): string {
  if ('handle' in subject) return `/users/${subject.handle}`
  return 'commentId' in subject ? `/comments/${subject.commentId}` : `/posts/${subject.postId}`
}

export function ReportSentPage({ report }: { report: ReportJson }) {
  const t = useT()
  return (
    <Layout title={t('Your report')} back="/">
      <Empty
        icon={report.status === 'open' ? 'flag' : 'check'}
        text={
          report.status === 'open'
            ? t('Thank you. The staff will review your report.')
            : t('The staff have reviewed your report.')
        }
      >
        <a class="button" href="/">
          {t('Home')}
        </a>
      </Empty>
      <section class="panel">
        <h2>{t('What you wrote')}</h2>
        <p class="bio">{report.reason}</p>
      </section>
    </Layout>
  )
}
