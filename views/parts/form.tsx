import type { Child, PropsWithChildren } from 'hono/jsx'
import { useT } from '../frame'
import type { FormProps } from './form-props'

type Method = 'post' | 'put' | 'patch' | 'delete'
type Props = PropsWithChildren<{
  action: string
  method?: Method
  /** Sends the form with htmx. Otherwise the browser submits it and follows the response. */
  live?: boolean
  /** Message that is shown after success. */
  done?: string
  /** Where the message of `done` leads on to. It is never the only way there, since the message goes away. */
  onward?: { href: string; label: string }
  /** Element that the response replaces; the form itself by default. */
  target?: string
  swap?: string
  /**
   * Leaves the button enabled while the form is sent, so that it keeps the focus. The button needs an id, by which htmx
   * finds it again.
   */
  keepsFocus?: boolean
  class?: string
  id?: string
  multipart?: boolean
  /** What the script of passkeys does with the form, and the sentences that it shows. */
  passkey?: { use: string; [sentence: `data-${string}`]: string }
  /** `off` keeps the browser from filling the form in again when people come back to it. */
  complete?: 'off'
}>

/**
 * A form that can also send PUT, PATCH and DELETE: as `_method` in the query without JavaScript, and as real methods
 * with htmx.
 */
export function Form({
  action,
  method = 'post',
  live,
  done,
  onward,
  target,
  swap = 'outerHTML',
  keepsFocus,
  multipart,
  passkey,
  complete,
  children,
  class: className,
  id,
}: Props) {
  const { use, ...sentences } = passkey ?? {}
  const query = action.includes('?') ? '&' : '?'
  // Attributes without a value are left out.
  const withHtmx = <T,>(value: T) => (live ? value : undefined)
  const calls = (wanted: Method) => (live && method === wanted ? action : undefined)
  return (
    <form
      id={id}
      class={className}
      method="post"
      action={method === 'post' ? action : `${action}${query}_method=${method.toUpperCase()}`}
      enctype={multipart ? 'multipart/form-data' : undefined}
      autocomplete={complete}
      data-done={done}
      data-onward={onward?.href}
      data-onward-label={onward?.label}
      data-passkey={use}
      {...sentences}
      hx-post={calls('post')}
      hx-put={calls('put')}
      hx-patch={calls('patch')}
      hx-delete={calls('delete')}
      hx-swap={withHtmx(swap)}
      hx-sync={withHtmx('drop')}
      hx-disable={keepsFocus ? undefined : withHtmx('find button')}
      hx-target={withHtmx(target)}
    >
      {children}
    </form>
  )
}

/**
 * The error message of a form that was rejected. Where a field shows the same sentence, only screen readers get it here,
 * too.
 */
export function FormProblem({ problem }: FormProps) {
  const t = useT()
  const isBelow = problem?.errors?.some(({ message }) => message === problem.detail)
  return problem ? (
    <p class={isBelow ? 'problem said-below' : 'problem'} role="alert">
      {t(problem.detail)}
    </p>
  ) : null
}

/** A form that consists of a single button. */
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
