import type { Child, PropsWithChildren } from 'hono/jsx'

/** Asks before what cannot be undone: the button opens the question, the question holds the form. Works without JavaScript. */
export const Confirm = ({
  label,
  question,
  children,
  class: name = 'button danger',
}: PropsWithChildren<{ label: Child; question: string; class?: string }>) => (
  <details class="confirm">
    <summary class={name}>{label}</summary>
    <div class="sheet">
      <p>{question}</p>
      {children}
    </div>
  </details>
)
