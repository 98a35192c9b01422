import type { CollectionJson } from '../../shapes/collections'
import type { PostJson } from '../../shapes/posts'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Confirm } from '../parts/confirm'
import { Empty } from '../parts/empty'
import { Field } from '../parts/field'
import { Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { Thumb } from '../parts/thumb'

type Item = { id: number; name: string; post?: PostJson }
type List = {
  items: Item[]
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
  const order = other && by > 0 ? [other, item] : [item, other]
  const label = by < 0 ? t('Move {name} up', { name: item.name }) : t('Move {name} down', { name: item.name })
  return (
    <Form action={`${action}?moved=${item.id}`} method="put">
      {order.map((each) => each && <input type="hidden" name={field} value={String(each.id)} />)}
      <button
        class="icon-button"
        aria-label={label}
        title={label}
        data-by={String(by)}
        disabled={!other}
        {...(moved === item.id && { autofocus: true })}
      >
        <Icon name={by < 0 ? 'arrow-up' : 'arrow-down'} size={20} />
      </button>
    </Form>
  )
}

/** The handle by which a row is dragged, or moved with the arrow keys. */
function Grip({ name }: { name: string }) {
  const t = useT()
  const label = t('Drag {name}, or move it with the arrow keys', { name })
  return (
    <button type="button" class="icon-button grip scripted" data-grip aria-label={label} title={label}>
      <Icon name="grip-vertical" size={20} />
    </button>
  )
}

function OrderRows(list: List) {
  const t = useT()
  return (
    <>
      <ol class="rows" data-sorted={list.action} data-field={list.field} data-moved={t('Moved to position {n}')}>
        {list.items.map(({ id, name, post }, at) => (
          <li class="row" id={`row-${id}`} data-id={String(id)}>
            <Grip name={name} />
            {post && <Thumb post={post} />}
            <span class="what">
              <bdi class="clamped">{name}</bdi>
            </span>
            <Step {...list} at={at} by={-1} />
            <Step {...list} at={at} by={1} />
          </li>
        ))}
      </ol>
      <p class="unseen" role="status" data-announce />
    </>
  )
}

type Moved = { moved?: number }

export function CollectionsOrderPage({ items, ...rest }: Moved & { items: Item[] }) {
  const t = useT()
  return (
    <Layout title={t('Order of collections')} back="/collections">
      {items.length ? (
        <OrderRows items={items} action="/collections/order" field="ids" {...rest} />
      ) : (
        <Empty icon="bookmark" text={t('There is nothing to sort here yet.')} />
      )}
    </Layout>
  )
}

type Posts = Moved & { collection: CollectionJson; posts: PostJson[]; next: string | null }

/** The name of a collection, the order of its posts, and its end. */
export function EditCollectionPage({ collection: { id, name }, posts, next, ...rest }: Posts) {
  const t = useT()
  const items = posts.map((post) => ({
    id: post.id,
    name: post.caption || t('Photo by {name}', { name: post.author.displayName }),
    post,
  }))
  return (
    <Layout title={t('Edit collection')} back={`/collections/${id}`}>
      <div class="panel">
        <Form action={`/collections/${id}`} method="patch" class="stack">
          <Field label={t('Name')} name="name" value={name} maxlength={60} required />
          <button class="button">{t('Save')}</button>
        </Form>
      </div>
      <OrderRows items={items} action={`/collections/${id}/order`} field="postIds" {...rest} />
      {next && (
        <a class="more" rel="next" href={next}>
          {t('Show more')}
        </a>
      )}
      <Confirm label={t('Delete this collection')} question={t('Its posts stay bookmarked.')}>
        <Form action={`/collections/${id}`} method="delete">
          <button class="button danger filled">{t('Delete the collection')}</button>
        </Form>
      </Confirm>
    </Layout>
  )
}
