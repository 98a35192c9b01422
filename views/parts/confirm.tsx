import type { Child, PropsWithChildren } from 'hono/jsx'

/**
 * Asks for confirmation before an action that cannot be undone. The button opens the question with the form, without
 * JavaScript, too.
 */
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
