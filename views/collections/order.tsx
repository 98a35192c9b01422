import type { CollectionJson } from '../../shapes/collections'
import type { PostJson } from '../../shapes/posts'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { Picture } from '../parts/picture'

type Item = { id: number; name: string; post?: PostJson }
type List = {
  items: Item[]
  next: string | null
  /** The address that takes an order, and the name of its field. */
  action: string
  field: 'ids' | 'postIds'
  /** The row that was moved last, whose button takes the focus. */
  moved?: number
}

type StepProps = List & { at: number; by: -1 | 1 }

/** A button that swaps a row with the one before or after it. */
function Step({ items, action, field, at, by, moved }: StepProps) {
  const t = useT()
  const [item, other] = [items[at]!, items[at + by]]
  if (!other) return <span class="icon-button" aria-hidden="true" />
  const order = by < 0 ? [item, other] : [other, item]
  const label = by < 0 ? t('Move {name} up', { name: item.name }) : t('Move {name} down', { name: item.name })
  return (
    <Form action={`${action}?moved=${item.id}`} method="put">
      {order.map(({ id }) => (
        <input type="hidden" name={field} value={String(id)} />
      ))}
      <button class="icon-button" aria-label={label} title={label} {...(moved === item.id && { autofocus: true })}>
        <Icon name={by < 0 ? 'arrow-up' : 'arrow-down'} size={20} />
      </button>
    </Form>
  )
}

function OrderRows(list: List) {
  const t = useT()
  if (!list.items.length) return <Empty icon="bookmark" text={t('There is nothing to sort here yet.')} />
  return (
    <>
      <ol class="rows">
        {list.items.map(({ id, name, post }, at) => (
          <li class="row" id={`row-${id}`}>
            {post?.files[0] && (
              <span class="thumb">
                <Picture file={post.files[0]} use="thumb" decorative />
              </span>
            )}
            <span class="what">
              <bdi class="clamped">{name}</bdi>
            </span>
            <Step {...list} at={at} by={-1} />
            <Step {...list} at={at} by={1} />
          </li>
        ))}
      </ol>
      <More next={list.next} />
    </>
  )
}

type Moved = { moved?: number }

export function CollectionsOrderPage({
  collections,
  next,
  ...rest
}: Moved & { collections: CollectionJson[]; next: string | null }) {
  const t = useT()
  return (
    <Layout title={t('Order of collections')} back="/collections">
      <OrderRows items={collections} next={next} action="/collections/order" field="ids" {...rest} />
    </Layout>
  )
}

type Posts = Moved & { collection: CollectionJson; posts: PostJson[]; next: string | null }

export function CollectionOrderPage({ collection: { id, name }, posts, next, ...rest }: Posts) {
  const t = useT()
  const items = posts.map((post) => ({
    id: post.id,
    name: post.caption || t('Photo by {name}', { name: post.author.displayName }),
    post,
  }))
  return (
    <Layout title={t('Order of {name}', { name })} heading={name} back={`/collections/${id}`}>
      <OrderRows items={items} next={next} action={`/collections/${id}/order`} field="postIds" {...rest} />
    </Layout>
  )
}
