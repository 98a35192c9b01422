import type { CollectionJson } from '../../shapes/collections'
import type { PostJson } from '../../shapes/posts'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { Field } from '../parts/field'
import { Act, Form } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { PostGridPart } from '../users/grid'

type List = FormProps & { collections: CollectionJson[]; next: string | null; postId?: number | undefined }

/** My collections. With a post, buttons put it into them and take it out. */
export function CollectionsPart({ collections, next, postId, ...form }: List) {
  const t = useT()
  return (
    <div class="panel stack">
      <ul class="places">
        {collections.map((collection) => (
          <li class="collection">
            <a href={`/collections/${collection.id}`}>
              <Icon name="bookmark" size={20} />
              <span>
                <bdi>{collection.name}</bdi>{' '}
                <span class="hint">{t({ one: '{n} post', other: '{n} posts' }, { n: collection.count })}</span>
              </span>
            </a>
            {postId && <Toggle collection={collection} postId={postId} />}
          </li>
        ))}
      </ul>
      <More next={next} />
      <Form action="/collections" class="stack">
        {postId && <input type="hidden" name="postId" value={String(postId)} />}
        <Field label={t('Name of a new collection')} name="name" maxlength={60} required {...form} />
        <button class="button">{postId ? t('Create it and put in') : t('Create a collection')}</button>
      </Form>
    </div>
  )
}

function Toggle({ collection: { id, name, has }, postId }: { collection: CollectionJson; postId: number }) {
  const t = useT()
  return (
    <Act
      action={`/collections/${id}/posts/${postId}`}
      method={has ? 'delete' : 'put'}
      button={has ? 'button' : 'button primary'}
      label={has ? t('Take out of {name}', { name }) : t('Put into {name}', { name })}
    >
      {has ? t('Take out') : t('Put in')}
    </Act>
  )
}

export function CollectionsPage(list: List) {
  const t = useT()
  return (
    <Layout
      title={t('Collections')}
      back={list.postId ? `/posts/${list.postId}` : '/bookmarks'}
      {...(list.collections.length > 1 && {
        actions: (
          <a class="button quiet" href="/collections/edit">
            {t('Change the order')}
          </a>
        ),
      })}
    >
      <p class="lead">{t('Sort posts that you bookmark. Only you can see your collections.')}</p>
      <CollectionsPart {...list} />
    </Layout>
  )
}

type One = { collection: CollectionJson; posts: PostJson[]; next: string | null }

export function CollectionPage({ collection: { id, name }, posts, next }: One) {
  const t = useT()
  return (
    <Layout
      title={name}
      wide
      back="/collections"
      actions={
        <a class="button quiet" href={`/collections/${id}/edit`}>
          {t('Edit')}
        </a>
      }
    >
      {posts.length ? (
        <div class="grid">
          <PostGridPart posts={posts} next={next} />
        </div>
      ) : (
        <Empty icon="bookmark" text={t('Put posts in here with the menu of a post.')} />
      )}
    </Layout>
  )
}
