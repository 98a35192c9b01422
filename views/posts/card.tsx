import type { FileJson } from '../../shapes/files'
import type { PostJson } from '../../shapes/posts'
import { useFrame } from '../frame'

/** The picture that strangers may see of a post: a blurred one while it is locked or covered. */
export function pictureOf({ files, locked, sensitive }: PostJson) {
  const { renditions }: Pick<FileJson, 'renditions'> = files[0] ?? { renditions: {} }
  return locked || sensitive ? renditions.blurred : (renditions.feed ?? renditions.poster ?? renditions.thumb)
}

/** What other sites show of a post: Open Graph, and the address of its oEmbed. */
export function PostCard({ post, origin }: { post: PostJson; origin: string }) {
  const { siteName } = useFrame()
  const at = `${origin}/posts/${post.id}`
  const picture = pictureOf(post)
  const film = post.locked || post.sensitive ? undefined : post.files[0]?.renditions.mp4
  return (
    <>
      <link rel="canonical" href={at} />
      <link
        rel="alternate"
        type="application/json+oembed"
        href={`${origin}/oembed?${new URLSearchParams({ url: at })}`}
      />
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content={siteName} />
      <meta property="og:title" content={post.author.displayName} />
      <meta property="og:description" content={post.caption.slice(0, 300)} />
      <meta property="og:url" content={at} />
      {picture && (
        <>
          <meta property="og:image" content={origin + picture.url} />
          <meta property="og:image:width" content={String(picture.width)} />
          <meta property="og:image:height" content={String(picture.height)} />
        </>
      )}
      {film && <meta property="og:video" content={origin + film.url} />}
      <meta name="twitter:card" content={post.locked || post.sensitive ? 'summary' : 'summary_large_image'} />
    </>
  )
}
