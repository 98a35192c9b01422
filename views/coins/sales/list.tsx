import type { SaleJson } from '../../../shapes/sales'
import { useFrame, useT } from '../../frame'
import { Layout } from '../../layout'
import { Empty } from '../../parts/empty'
import { Form } from '../../parts/form'
import { More } from '../../parts/more'
import { dayText } from '../../parts/time'
import { numberText } from '../../words/format'

type List = { sales: SaleJson[]; next: string | null }

export const SalesPart = ({ sales, next }: List) => (
  <>
    {sales.map((sale) => (
      <SaleRow sale={sale} />
    ))}
    <More next={next} />
  </>
)

function SaleRow({ sale }: { sale: SaleJson }) {
  const { t } = useFrame()
  const { id, at, postId, caption, buyer, coins, fee } = sale
  return (
    <div class="job sale" id={`sale-${id}`}>
      <div class="what">
        <span>
          <a class="clamped" href={`/posts/${postId}`}>
            {caption || t('Post {n}', { n: postId })}
          </a>
        </span>
        <span class="hint">
          {buyer ? (
            <a href={`/users/${buyer.handle}`}>
              <bdi>@{buyer.handle}</bdi>
            </a>
          ) : (
            t('Former member')
          )}
          {sale.giver && ` · ${t('gift from @{handle}', { handle: sale.giver })}`} · {dayText(at, t.locale)}
        </span>
      </div>
      <div class="state">
        <strong class="number">{numberText(coins, t.locale)}</strong>
        {fee > 0 && <span class="hint">{t('fee {n}', { n: fee })}</span>}
        {sale.status === 'refunded' && <span class="badge">{t('Refunded')}</span>}
      </div>
      {sale.refundable && buyer && <RefundButton sale={sale} handle={buyer.handle} />}
    </div>
  )
}

/** Asks for confirmation, because the creator owes the coins that they have already spent. */
export function RefundButton({ sale, handle, desk }: { sale: SaleJson; handle: string; desk?: boolean }) {
  const t = useT()
  const { postId, coins, giver } = sale
  const to = giver ?? handle
  return (
    <details class="confirm refund">
      <summary class="button small">{t('Refund')}</summary>
      <div class="sheet">
        <p>
          {t(
            {
              one: '@{to} will get {n} coin back, and @{handle} will no longer be able to see the post.',
              other: '@{to} will get {n} coins back, and @{handle} will no longer be able to see the post.',
            },
            { to, handle, n: coins },
          )}
        </p>
        <Form action={`/library/${postId}/refunds${desk ? '?at=desk' : ''}`}>
          <input type="hidden" name="handle" value={handle} />
          <input type="hidden" name="idempotencyKey" value={crypto.randomUUID()} />
          <button class="button danger">{t('Refund')}</button>
        </Form>
      </div>
    </details>
  )
}

export function SalesPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Sales')} back="/coins/earnings">
      {list.sales.length ? (
        <section class="dense">
          <SalesPart {...list} />
        </section>
      ) : (
        <Empty icon="coins" text={t('You have not sold anything yet.')} />
      )}
    </Layout>
  )
}
