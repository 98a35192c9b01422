import type { DeskInviteJson } from '../../shapes/invites'
import { useT } from '../frame'
import { Empty } from '../parts/empty'
import { Act } from '../parts/form'
import { More } from '../parts/more'
import { dayText } from '../parts/time'
import { Desk } from './desk'

type List = { invites: DeskInviteJson[]; next: string | null }

export const AdminInvitesPart = ({ invites, next }: List) => (
  <>
    {invites.map((invite) => (
      <InviteRow invite={invite} />
    ))}
    <More next={next} />
  </>
)

function InviteRow({ invite: { id, uses, used, expiresAt, createdBy } }: { invite: DeskInviteJson }) {
  const t = useT()
  return (
    <div class="job" id={`invite-${id}`}>
      <span class="what">
        {createdBy ? (
          <a href={`/admin/users/${createdBy}/invited`}>
            <bdi>@{createdBy}</bdi>
          </a>
        ) : (
          t('Command line')
        )}
        <br />
        <span class="hint">
          {t('{used} of {uses} used', { used, uses })} · {t('valid until {day}', { day: dayText(expiresAt, t.locale) })}
        </span>
      </span>
      <Act
        action={`/admin/invites/${id}`}
        method="delete"
        live
        target={`#invite-${id}`}
        button="button quiet"
        done={t('The invitation has been revoked.')}
      >
        {t('Revoke')}
      </Act>
    </div>
  )
}

export function AdminInvitesPage(list: List) {
  const t = useT()
  return (
    <Desk title={t('Invitations')}>
      <p class="lead hint">{t('Open invitations of all members. Open a name to see whom they invited.')}</p>
      {list.invites.length ? (
        <div class="dense">
          <AdminInvitesPart {...list} />
        </div>
      ) : (
        <Empty icon="ticket" text={t('There are no open invitations.')} />
      )}
    </Desk>
  )
}
