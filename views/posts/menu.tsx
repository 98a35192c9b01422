import type { PostJson } from '../../shapes/posts'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { CopyLink } from '../parts/copy'
import { Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { DeletePost } from './delete'

type Props = {
  post: PostJson
  url: string
  /** Whether the viewer said that the post does not interest them. */
  muted: boolean
}
type Live = { live?: true }

/** Lists what can be done with a post besides liking and bookmarking it. `GET /posts/:id/menu` responds with the list. */
export const PostMenuPart = (props: Props) => <Rows {...props} live />

/** With `live`, the rows are in the post itself, and what changes the post replaces it. */
function Rows({ post, url, muted, live }: Props & Live) {
  const { t, viewer } = useFrame()
  const { id, author, viewer: me } = post
  return (
    <>
      <button type="button" class="button scripted" data-copy={url} data-copied={t('The link is copied.')}>
        <Icon name="link" size={20} /> {t('Copy the link')}
      </button>
      <button type="button" class="button scripted" data-share={url} data-title={author.displayName}>
        <Icon name="share-2" size={20} /> {t('Share')}
      </button>
      <a href={`/posts/${id}/likes`}>
        <Icon name="heart" size={20} /> {t('Liked by')}
      </a>
      {viewer && (
        <a href={`/collections?postId=${id}`}>
          <Icon name="bookmark" size={20} /> {t('Put into a collection')}
        </a>
      )}
      {me.own && post.publishedAt && !post.deletedAt && (
        <Form action={`/posts/${id}/pin`} method={post.pinned ? 'delete' : 'put'} {...(live && { live, swap: 'none' })}>
          <button class="button">
            <Icon name={post.pinned ? 'pin-off' : 'pin'} size={20} />{' '}
            {post.pinned ? t('Unpin from my profile') : t('Pin to my profile')}
          </button>
        </Form>
      )}
      {viewer && post.publishedAt && !post.deletedAt && (me.own || isForGuests(post)) && (
        <a href={`/looks/new?postId=${id}`}>
          <Icon name="eye" size={20} /> {t('Give a look')}
        </a>
      )}
      <Downloads post={post} />
      {me.own && !post.deletedAt && <OwnRows id={id} />}
      {viewer && !me.own && (
        <>
          {post.publishedAt && !post.deletedAt && (
            <Form
              action={`/muted-posts/${id}`}
              method={muted ? 'delete' : 'put'}
              {...(live && { live, target: 'closest .post' })}
            >
              <button class="button">
                <Icon name={muted ? 'eye' : 'eye-off'} size={20} />{' '}
                {muted ? t('Undo “Not interested”') : t('Not interested')}
              </button>
            </Form>
          )}
          <AuthorRows author={author} {...(live && { live })} />
          <a href={`/reports/new?postId=${id}`}>
            <Icon name="flag" size={20} /> {t('Report')}
          </a>
        </>
      )}
    </>
  )
}

function OwnRows({ id }: { id: number }) {
  const t = useT()
  return (
    <>
      <a href={`/posts/${id}/edit`}>
        <Icon name="pencil" size={20} /> {t('Edit post')}
      </a>
      <DeletePost
        id={id}
        label={
          <>
            <Icon name="trash-2" size={20} /> {t('Delete post')}
          </>
        }
      />
    </>
  )
}

/** With `live`, the page stays, says what was done, and loads the menu again. */
function AuthorRows({ author: { handle, displayName: name, viewer: me }, live }: Pick<PostJson, 'author'> & Live) {
  const t = useT()
  const here = live && { live, swap: 'none' }
  return (
    <>
      {me.following && (
        <Form
          action={`/follows/${handle}`}
          method="delete"
          done={t('You no longer follow {name}.', { name })}
          {...here}
        >
          <button class="button">
            <Icon name="user-round-minus" size={20} /> {t('Unfollow')}
          </button>
        </Form>
      )}
      <Form
        action={`/mutes/${handle}`}
        method={me.muted ? 'delete' : 'put'}
        done={me.muted ? t('You have unmuted {name}.', { name }) : t('You have muted {name}.', { name })}
        {...here}
      >
        <button class="button">
          <Icon name={me.muted ? 'volume-2' : 'volume-x'} size={20} /> {me.muted ? t('Unmute') : t('Mute')}
        </button>
      </Form>
    </>
  )
}

/** Whether somebody who pays can show the post to a guest. */
const isForGuests = ({ price, visibility, author }: PostJson) =>
  price > 0 && visibility === 'everyone' && !author.private

/** Authors download what they uploaded, and buyers the largest version. Several files are folded into one row. */
function Downloads({ post: { files, viewer: me } }: { post: PostJson }) {
  const t = useT()
  if (!me.own && !me.bought) return null
  const links = files.flatMap((file, at) => {
    const { full, mp4, feed } = file.renditions
    const href = me.own ? `/files/${file.id}/original` : (mp4 ?? full ?? feed)?.url
    return href ? [{ href, n: at + 1 }] : []
  })
  const rows = links.map(({ href, n }) => (
    <a href={href} download>
      <Icon name="download" size={20} /> {files.length > 1 ? t('Download file {n}', { n }) : t('Download')}
    </a>
  ))
  if (rows.length < 2) return <>{rows}</>
  return (
    <details class="fold">
      <summary class="button">
        <Icon name="download" size={20} />
        <span>{t({ one: 'Download {n} file', other: 'Download {n} files' }, { n: rows.length })}</span>
        <Icon name="chevron-down" size={20} />
      </summary>
      {rows}
    </details>
  )
}

/** The menu as a page of its own, for browsers without JavaScript. */
export function PostMenuPage(props: Props) {
  const t = useT()
  return (
    <Layout title={t('Options for this post')} back={`/posts/${props.post.id}`}>
      <div class="panel stack">
        <CopyLink url={props.url} label={t('Link to this post')} />
        <div class="menu-rows">
          <Rows {...props} />
        </div>
      </div>
    </Layout>
  )
}
