import type { DeskAppealJson } from '../../shapes/appeals'
import { useT } from '../frame'
import { Empty } from '../parts/empty'
import { Field } from '../parts/field'
import { Form } from '../parts/form'
import { More } from '../parts/more'
import { Ago } from '../parts/time'
import { OpenFilter, PersonLink } from './cases'
import { Desk } from './desk'

type List = { appeals: DeskAppealJson[]; next: string | null }

export const AppealsPart = ({ appeals, next }: List) => (
  <>
    {appeals.map((appeal) => (
      <AppealRow appeal={appeal} />
    ))}
    <More next={next} />
  </>
)

function AppealRow({ appeal }: { appeal: DeskAppealJson }) {
  const t = useT()
  const { id, about, postId, commentId, text, createdAt, outcome, answer, user, reason } = appeal
  const what = { suspension: t('Suspension'), post: t('Post {n}', { n: postId ?? 0 }), comment: t('Comment') }
  return (
    <article class="reported" id={`appeal-${id}`} tabindex={-1} data-step aria-label={t('Appeal {n}', { n: id })}>
      <div class="what">
        <span>
          <strong>{what[about]}</strong>
          {commentId && ` #${commentId}`}
          {user && (
            <>
              {' · '}
              <PersonLink user={user} />
            </>
          )}
        </span>
        {reason && <span class="hint">{t('Their reason: {reason}', { reason })}</span>}
        <p class="bio">{text}</p>
        <span class="hint">
          <Ago at={createdAt} />
        </span>
        {answer && <p class="bio">{answer}</p>}
      </div>
      <div class="verdicts">
        {outcome ? (
          <span class="badge">{outcome === 'granted' ? t('Agreed') : t('Denied')}</span>
        ) : (
          <Form action={`/admin/appeals/${id}`} method="patch" class="stack">
            <Field label={t('Reply')} name="answer" maxlength={500} hint={t('Optional. The person is told.')} />
            <div class="buttons">
              <button class="button primary" name="outcome" value="granted">
                {t('Grant')}
              </button>
              <button class="button" name="outcome" value="denied">
                {t('Deny')}
              </button>
            </div>
          </Form>
        )}
      </div>
    </article>
  )
}

export function AppealsPage({ open, ...list }: List & { open: boolean }) {
  const t = useT()
  return (
    <Desk title={t('Appeals')}>
      <div class="bar-of">
        <OpenFilter list="/admin/appeals" open={open} />
      </div>
      {list.appeals.length ? (
        <div class="dense">
          <AppealsPart {...list} />
        </div>
      ) : (
        <Empty icon="check" text={open ? t('There are no open appeals.') : t('No appeals have been decided yet.')} />
      )}
    </Desk>
  )
}
