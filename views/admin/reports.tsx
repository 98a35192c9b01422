import type { DeskReportJson } from '../../shapes/reports'
import { useT } from '../frame'
import { Confirm } from '../parts/confirm'
import { Empty } from '../parts/empty'
import { Form } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { More } from '../parts/more'
import { Ago } from '../parts/time'
import type { Translate } from '../words'
import { OpenFilter, PersonLink, PostThumb, Settle } from './cases'
import { Desk } from './desk'
import { SuspensionFields } from './suspension'

type List = { reports: DeskReportJson[]; next: string | null }

export const ReportsPart = ({ reports, next }: List) => (
  <>
    {reports.map((report) => (
      <ReportRow report={report} />
    ))}
    <More next={next} />
  </>
)

/** `data-step` lets the keys j and k move between reports. */
function ReportRow({ report }: { report: DeskReportJson }) {
  const t = useT()
  const { id, reason, reporter, createdAt, status } = report
  return (
    <article class="reported" id={`report-${id}`} tabindex={-1} data-step aria-label={t('Report {n}', { n: id })}>
      <Subject report={report} />
      <div class="what">
        <p class="bio">{reason}</p>
        <span class="hint">
          {reporter ? `@${reporter.handle}` : t('a former member')} · <Ago at={createdAt} />
        </span>
      </div>
      {status === 'open' ? <Verdicts report={report} /> : <Settled report={report} />}
    </article>
  )
}

function Subject({ report: { user, postId, post, commentId, comment } }: { report: DeskReportJson }) {
  const t = useT()
  return (
    <div class="subject">
      {post && <PostThumb post={post} />}
      <div class="what">
        <span>
          {postId ? t('Post by') : commentId ? t('Comment by') : t('Person')} <PersonLink user={user} />
        </span>
        {comment && (
          <a class="hint clamped" href={`/comments/${comment.id}`}>
            {comment.text}
          </a>
        )}
        {((postId && !post) || (commentId && !comment)) && (
          <span class="hint">{t('It has been deleted, or you cannot see it.')}</span>
        )}
        {post?.caption && <span class="hint clamped">{post.caption}</span>}
      </div>
    </div>
  )
}

function Verdicts({ report: { id, postId, commentId, user } }: { report: DeskReportJson }) {
  const t = useT()
  const address = `/admin/reports/${id}`
  return (
    <div class="verdicts">
      <Settle address={address} outcome="dismissed" label={t('Dismiss')} />
      {(postId || commentId) && (
        <Confirm
          label={t('Remove')}
          question={
            postId
              ? t('It will be deleted for everyone, and buyers will get their coins back.')
              : t('It will be deleted for everyone.')
          }
        >
          <Settle address={address} outcome="removed" label={t('Delete permanently')} button="button danger filled" />
        </Confirm>
      )}
      {user && (
        <Confirm
          label={t('Suspend')}
          question={t('{name} will be signed out, and all of their posts will be hidden.', { name: `@${user.handle}` })}
        >
          <VerdictForm id={id} />
        </Confirm>
      )}
    </div>
  )
}

type Outcome = NonNullable<DeskReportJson['outcome']>

/** Suspends the person whom the report is about. */
export const VerdictForm = ({ id, ...form }: FormProps & { id: number }) => (
  <Form action={`/admin/reports/${id}`} method="patch" class="stack">
    <input type="hidden" name="outcome" value="suspended" />
    <SuspensionFields name="note" {...form} />
  </Form>
)

export const outcomeNames = (t: Translate): Record<Outcome, string> => ({
  dismissed: t('Dismissed'),
  removed: t('Removed'),
  suspended: t('Suspended'),
})

function Settled({ report: { outcome, settledBy, settledAt } }: { report: DeskReportJson }) {
  const t = useT()
  return (
    <div class="verdicts">
      <span class="badge">{outcome && outcomeNames(t)[outcome]}</span>
      <span class="hint">
        {settledBy && `@${settledBy.handle} · `}
        {settledAt && <Ago at={settledAt} />}
      </span>
    </div>
  )
}

export function ReportsPage({ open, ...list }: List & { open: boolean }) {
  const t = useT()
  return (
    <Desk title={t('Reports')}>
      <div class="bar-of">
        <OpenFilter list="/admin/reports" open={open} />
        <span class="hint keys">{t('j: next · k: previous · Tab: actions')}</span>
      </div>
      {list.reports.length ? (
        <div class="dense">
          <ReportsPart {...list} />
        </div>
      ) : (
        <Empty icon="check" text={open ? t('There are no open reports.') : t('No reports have been settled yet.')} />
      )}
    </Desk>
  )
}
