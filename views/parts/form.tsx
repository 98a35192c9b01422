import type { Child, PropsWithChildren } from 'hono/jsx'
import { useT } from '../frame'
import type { FormProps } from './form-props'

type Method = 'post' | 'put' | 'patch' | 'delete'
type Props = PropsWithChildren<{
  action: string
  method?: Method
  /** Without this the browser sends it and goes where the answer leads. */
  live?: boolean
  /** Said once it went well. */
  done?: string
  /** What the answer takes the place of; the form itself unless said. */
  target?: string
  swap?: string
  /** Its button is not disabled while it is sent, so that the focus stays; the button has an id by which it is found again. */
  keepsFocus?: boolean
  class?: string
  id?: string
  multipart?: boolean
}>

/** A form knows two ways to say PUT, PATCH and DELETE: in the query for browsers alone, in the request line with HTMX. */
export function Form({
  action,
  method = 'post',
  live,
  done,
  target,
  swap = 'outerHTML',
  keepsFocus,
  multipart,
  children,
  ...rest
}: Props) {
  const query = action.includes('?') ? '&' : '?'
  const htmx = live && {
    [`hx-${method}`]: action,
    'hx-swap': swap,
    'hx-sync': 'drop',
    ...(!keepsFocus && { 'hx-disable': 'find button' }),
    ...(target && { 'hx-target': target }),
  }
  return (
    <form
      method="post"
      action={method === 'post' ? action : `${action}${query}_method=${method.toUpperCase()}`}
      {...(multipart && { enctype: 'multipart/form-data' })}
      {...(done && { 'data-done': done })}
      {...htmx}
      {...rest}
    >
      {children}
    </form>
  )
}

/** Why the form came back. */
export function FormProblem({ problem }: FormProps) {
  const t = useT()
  return problem ? (
    <p class="problem" role="alert">
      {t(problem.detail)}
    </p>
  ) : null
}

/** A button that is a form of its own: one press, one change. */
export const Act = ({
  children,
  button = 'button',
  label,
  ...form
}: Props & { button?: string; label?: string; children?: Child }) => (
  <Form {...form}>
    <button class={button} {...(label && { 'aria-label': label, title: label })}>
      {children}
    </button>
  </Form>
)
