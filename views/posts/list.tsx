import type { PropsWithChildren } from 'hono/jsx'
import type { FormProps } from '../../src/http/input'
import type { PostRow } from '../../src/posts/model'
import { Layout } from '../layout'
import { Field } from '../parts/field'
import { PostPart } from './post'

type List = { rows: PostRow[]; next: string | null }

export const PostsPart = ({ rows, next }: List) => (
  <>
    {rows.map((row) => (
      <PostPart row={row} />
    ))}
    {next && (
      <a rel="next" href={next}>
        Older
      </a>
    )}
  </>
)

export const PostsPage = ({ title, children, ...list }: PropsWithChildren<List & { title: string }>) => (
  <Layout title={title}>
    {children}
    <PostsPart {...list} />
  </Layout>
)

export const PostForm = (form: FormProps) => (
  <form method="post" action="/posts">
    {form.problem && <p class="error">{form.problem.detail}</p>}
    <Field label="Caption" name="caption" {...form} />
    <Field label="Price" name="price" type="number" value="0" {...form} />
    <button>Publish</button>
  </form>
)
