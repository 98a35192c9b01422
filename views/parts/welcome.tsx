import type { PropsWithChildren } from 'hono/jsx'
import { Mark } from './mark'

/** The frame of pages for people who are not signed in. */
export const Welcome = ({ title, text, children }: PropsWithChildren<{ title: string; text?: string }>) => (
  <div class="welcome">
    <span class="mark">
      <Mark size={32} large={64} />
    </span>
    <h1>{title}</h1>
    {text && <p class="lead">{text}</p>}
    {children}
  </div>
)
