import { type ActionJson, DELETED } from '../../shapes/actions'
import { useT } from '../frame'
import { Empty } from '../parts/empty'
import { Choice } from '../parts/field'
import { More } from '../parts/more'
import { Ago } from '../parts/time'
import { actionFacts, actionNames } from './action-words'
import { Desk } from './desk'
import { HandleField } from './handle-field'

type List = { actions: ActionJson[]; next: string | null }
type Asked = { by?: string | undefined; on?: string | undefined; kind?: string | undefined }

export const AdminActionsPart = ({ actions, next }: List) => (
  <>
    {actions.map((action) => (
      <ActionRow action={action} />
    ))}
    <More next={next} />
  </>
)

function ActionRow({ action }: { action: ActionJson }) {
  const t = useT()
  const { id, at, kind, by, on, reason } = action
  return (
    <div class="job action" id={`action-${id}`}>
      <div class="what">
        <strong>{actionNames(t)[kind]}</strong>
        {on !== null && on !== by && (
          <>
            {' · '}
            <Person handle={on} />
          </>
        )}
        {actionFacts(action, t).map((fact) => ` · ${fact}`)}
        {reason && <p>{reason}</p>}
      </div>
      <span class="hint">
        {by === null ? t('Command line') : <Person handle={by} />} · <Ago at={at} />
      </span>
    </div>
  )
}

function Person({ handle }: { handle: string }) {
  const t = useT()
  return handle === DELETED ? (
    <span>{t('Former member')}</span>
  ) : (
    <a href={`/users/${handle}`}>
      <bdi>@{handle}</bdi>
    </a>
  )
}

export function AdminActionsPage({ asked, ...list }: List & { asked: Asked }) {
  const t = useT()
  return (
    <Desk title={t('Actions')}>
      <p class="lead">{t('What the staff and the command line have done. Nobody can change or delete an entry.')}</p>
      <form class="search-line" method="get" action="/admin/actions">
        <HandleField label={t('Done by')} name="by" value={asked.by} />
        <HandleField label={t('Concerns')} name="on" value={asked.on} />
        <Choice label={t('Kind')} name="kind" value={asked.kind ?? ''} options={{ '': t('All'), ...actionNames(t) }} />
        <button class="button">{t('Search')}</button>
      </form>
      {list.actions.length ? (
        <div class="dense">
          <AdminActionsPart {...list} />
        </div>
      ) : (
        <Empty icon="check" text={t('No actions found.')} />
      )}
    </Desk>
  )
}
