import type { SaleJson } from '../../shapes/sales'
import { RefundButton } from '../coins/sales/list'
import { useT } from '../frame'
import { Empty } from '../parts/empty'
import { Field } from '../parts/field'
import { More } from '../parts/more'
import { dayText } from '../parts/time'
import { numberText } from '../words/format'
import { Desk } from './desk'
import { HandleField } from './handle-field'

type List = { sales: SaleJson[]; next: string | null }
type Asked = { buyer?: string | undefined; seller?: string | undefined; post?: string | undefined }

export const PurchasesPart = ({ sales, next }: List) => (
  <>
    {sales.map((sale) => (
      <PurchaseRow sale={sale} />
    ))}
    <More next={next} />
  </>
)

function PurchaseRow({ sale }: { sale: SaleJson }) {
  const t = useT()
  const { id, at, postId, buyer, seller, giver, coins, fee, status } = sale
  return (
    <div class="job sale" id={`purchase-${id}`}>
      <div class="what">
        <span>
          {buyer ? (
            <a href={`/users/${buyer.handle}`}>
              <bdi>@{buyer.handle}</bdi>
            </a>
          ) : (
            t('Former member')
          )}{' '}
          ← <a href={`/posts/${postId}`}>{t('Post {n}', { n: postId })}</a> ←{' '}
          {seller.startsWith('-') ? t('Former member') : <a href={`/users/${seller}`}>@{seller}</a>}
        </span>
        <span class="hint">
          #{id} · {dayText(at, t.locale)}
          {giver && ` · ${t('gift from @{handle}', { handle: giver })}`}
        </span>
      </div>
      <div class="state">
        <strong class="number">{numberText(coins, t.locale)}</strong>
        {fee > 0 && <span class="hint">{t('fee {n}', { n: fee })}</span>}
        {status === 'refunded' && <span class="badge">{t('Refunded')}</span>}
      </div>
      {sale.refundable && buyer && <RefundButton sale={sale} handle={buyer.handle} desk />}
    </div>
  )
}

export function PurchasesPage({ asked, ...list }: List & { asked: Asked }) {
  const t = useT()
  return (
    <Desk title={t('Purchases')}>
      <form class="search-line" method="get" action="/admin/purchases">
        <HandleField label={t('Buyer')} name="buyer" value={asked.buyer} />
        <HandleField label={t('Seller')} name="seller" value={asked.seller} />
        <Field label={t('Post number')} name="post" value={asked.post ?? ''} inputmode="numeric" autocomplete="off" />
        <button class="button">{t('Search')}</button>
      </form>
      {list.sales.length ? (
        <div class="dense">
          <PurchasesPart {...list} />
        </div>
      ) : (
        <Empty icon="coins" text={t('No purchases found.')} />
      )}
    </Desk>
  )
}
