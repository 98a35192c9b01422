import type { DeskInviteJson } from '../../shapes/invites'
import { useT } from '../frame'
import { InviteUse, RevokeInvite } from '../invites/use'
import { Empty } from '../parts/empty'
import { More } from '../parts/more'
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

function InviteRow({ invite }: { invite: DeskInviteJson }) {
  const { id, createdBy } = invite
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
        <InviteUse {...invite} />
      </span>
      <RevokeInvite at={`/admin/invites/${id}`} row={`invite-${id}`} />
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
