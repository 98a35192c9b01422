import type { PropsWithChildren } from 'hono/jsx'
import { Icon } from './icon'

/** The frame of pages for people who are not signed in. */
export const Welcome = ({ title, text, children }: PropsWithChildren<{ title: string; text?: string }>) => (
  <div class="welcome">
    <span class="mark">
      <Icon name="aperture" size={32} />
    </span>
    <h1>{title}</h1>
    {text && <p class="lead">{text}</p>}
    {children}
  </div>
)
