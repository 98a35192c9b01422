import type { DeskTopupJson } from '../../shapes/topups'
import { topupPrice, topupStatus } from '../coins/topups/list'
import { useT } from '../frame'
import { Empty } from '../parts/empty'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { More } from '../parts/more'
import { Ago, dayInSentence } from '../parts/time'
import { Desk } from './desk'
import { Filter } from './filter'

type List = { topups: DeskTopupJson[]; next: string | null }

export const AdminTopupsPart = ({ topups, next }: List) => (
  <>
    {topups.map((topup) => (
      <TopupRow topup={topup} />
    ))}
    <More next={next} />
  </>
)

function TopupRow({ topup }: { topup: DeskTopupJson }) {
  const t = useT()
  const { id, handle, displayName, coins, note, status, createdAt, answer, depositor, dueAt } = topup
  const price = topupPrice(topup, t)
  return (
    <div class="job" id={`topup-${id}`}>
      <div class="what">
        <strong>{t({ one: '{n} coin', other: '{n} coins' }, { n: coins })}</strong> · <bdi>{displayName}</bdi>{' '}
        <a class="hint" href={`/users/${handle}`}>
          <bdi>@{handle}</bdi>
        </a>
        {depositor && (
          <p>
            {t('Name on the transfer: {name}', { name: depositor })}
            {price && (
              <>
                {' · '}
                <strong class="number">{price}</strong>
              </>
            )}
            {dueAt && <span class="hint"> · {t('By {time}', { time: dayInSentence(dueAt, t.locale) })}</span>}
          </p>
        )}
        {note && <p>{note}</p>}
        {answer && <p class="answer">{t('The staff: {answer}', { answer })}</p>}
      </div>
      <div class="state">
        <span class={`badge ${status}`}>{topupStatus(status, t)}</span>
        <span class="hint">
          <Ago at={createdAt} />
        </span>
      </div>
      {status === 'pending' && <DecisionForm id={id} />}
    </div>
  )
}

/** A note and a button for each decision. The response replaces the row. */
export function DecisionForm({ id, ...form }: FormProps & { id: number }) {
  const t = useT()
  return (
    <Form action={`/admin/topups/${id}`} method="patch" class="decision" live target={`#topup-${id}`}>
      <FormProblem {...form} />
      <input name="note" maxlength={500} placeholder={t('Note to the member')} aria-label={t('Note to the member')} />
      <button class="button primary" name="status" value="approved">
        {t('Approve')}
      </button>
      <button class="button" name="status" value="refused">
        {t('Refuse')}
      </button>
    </Form>
  )
}

type Asked = { status?: DeskTopupJson['status']; q?: string | undefined }

export function AdminTopupsPage({ topups, next, status, q }: List & Asked) {
  const t = useT()
  const pending = status === 'pending'
  return (
    <Desk title={t('Top-ups')}>
      <div class="bar-of">
        <Filter
          label={t('Request status')}
          choices={[
            { href: '/admin/topups?status=pending', name: t('Waiting'), here: pending },
            { href: '/admin/topups', name: t('All'), here: !status },
          ]}
        />
        <form class="find" action="/admin/topups">
          {status && <input type="hidden" name="status" value={status} />}
          <input
            type="search"
            name="q"
            value={q ?? ''}
            placeholder={t('Name on the transfer')}
            aria-label={t('Name on the transfer')}
          />
        </form>
      </div>
      {topups.length ? (
        <div class="dense">
          <AdminTopupsPart topups={topups} next={next} />
        </div>
      ) : (
        <Empty
          icon="check"
          text={pending ? t('There are no pending requests.') : t('Nobody has requested coins yet.')}
        />
      )}
    </Desk>
  )
}
