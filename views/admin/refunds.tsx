import type { RefundRequestJson } from '../../shapes/refunds'
import { useT } from '../frame'
import { RequestsPart } from '../library/requests/list'
import { Empty } from '../parts/empty'
import { Desk } from './desk'

export function AdminRefundsPage({ requests, next }: { requests: RefundRequestJson[]; next: string | null }) {
  const t = useT()
  return (
    <Desk title={t('Refund requests')}>
      {requests.length ? (
        <div class="dense">
          <RequestsPart requests={requests} next={next} decides desk />
        </div>
      ) : (
        <Empty icon="undo-2" text={t('Nobody has asked for a refund.')} />
      )}
    </Desk>
  )
}
