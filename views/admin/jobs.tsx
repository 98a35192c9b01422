import type { JobJson } from '../../shapes/jobs'
import { useT } from '../frame'
import { Empty } from '../parts/empty'
import { Act } from '../parts/form'
import { More } from '../parts/more'
import { Ago } from '../parts/time'
import { Desk } from './desk'
import { jobName } from './job-names'

type List = { jobs: JobJson[]; next: string | null }

/** The jobs are `div`s laid out as a table, because table rows could not contain the link to the next page. */
export function JobsPart({ jobs, next }: List) {
  return (
    <>
      {jobs.map((job) => (
        <JobRow job={job} />
      ))}
      <More next={next} />
    </>
  )
}

function JobRow({ job }: { job: JobJson }) {
  const t = useT()
  const state = { waiting: t('waiting'), retrying: t('will try again'), dead: t('failed') }[job.status]
  return (
    <div class={`job ${job.status}`} id={`job-${job.id}`}>
      <div class="what">
        <strong>{jobName(job.kind, t)}</strong> <span class="hint">#{job.id}</span>
        <code class="payload">
          {job.kind}
          {Object.keys(job.payload).length > 0 && ` ${JSON.stringify(job.payload)}`}
        </code>
        {job.error && <p class="reason">{job.error}</p>}
      </div>
      <div class="state">
        <span class="badge">{state}</span>
        <span class="hint">
          {t({ one: '{n} attempt', other: '{n} attempts' }, { n: job.attempts })} · <Ago at={job.diedAt ?? job.dueAt} />
        </span>
      </div>
      {job.status !== 'waiting' && <Act action={`/admin/jobs/${job.id}/attempts`}>{t('Try again')}</Act>}
    </div>
  )
}

export function JobsPage(list: List) {
  const t = useT()
  return (
    <Desk title={t('Jobs')}>
      {list.jobs.length ? (
        <div class="dense">
          <JobsPart {...list} />
        </div>
      ) : (
        <Empty icon="check" text={t('No jobs are waiting or have failed.')} />
      )}
    </Desk>
  )
}
