import { Hono } from 'hono'
import { type JobJson, jobSchema } from '../../../shapes/jobs'
import { JobsPage, JobsPart } from '../../../views/admin/jobs'
import { record } from '../../actions/record'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged } from '../../http/reply'
import { staff } from '../../http/viewer'
import { jobJson } from '../../jobs/json'
import { listJobs, retryJob } from '../../jobs/staff-list'
import type { Viewer } from '../../ports/people'

/** Removes the email addresses that a mail server repeats in its errors, unless an administrator looks at the job. */
const shownTo = (me: Viewer, job: JobJson): JobJson =>
  me.role === 'admin' || !job.error ? job : { ...job, error: job.error.replace(/[^\s<>"',;:]+@[^\s<>"',;:]+/g, '…@…') }

export const adminJobs = new Hono<Env>()
  .get(
    '/',
    api('List the pending and failed jobs of the server.', { lists: jobSchema, errors: [401, 403] }),
    async (c) => {
      const me = staff(c)
      const page = await listJobs(c.var.app.db, wanted(c))
      const next = nextLink(c, page)
      const jobs = page.items.map((job) => shownTo(me, jobJson(job)))
      return reply(c, {
        json: () => ({ ...page, items: jobs }),
        part: () => <JobsPart jobs={jobs} next={next} />,
        page: () => <JobsPage jobs={jobs} next={next} />,
      })
    },
  )
  .post('/:id/attempts', api('Retry a failed job now.', { answers: jobSchema, errors: [401, 403, 404] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = staff(c)
    const id = idParam(c)
    const retried = await write(async (tx) => {
      const job = await retryJob(tx, id, now())
      await record(tx, { kind: 'job_retried', by: me, detail: { jobId: id, job: job.kind } }, now())
      return job
    })
    const job = shownTo(me, jobJson(retried))
    return replyChanged(c, { json: () => job }, '/admin/jobs')
  })
