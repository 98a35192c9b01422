import type { IconName } from '../../shapes/mark'
import type { Translate } from '../../views/words'
import type { Mark } from '../marks/model'

const icons = [
  { name: 'icon-192.png', sizes: '192x192' },
  { name: 'icon-512.png', sizes: '512x512' },
  { name: 'maskable-512.png', sizes: '512x512', purpose: 'maskable' },
] as const
/**
 * Icons that the build draws from the favicon. Their addresses never change, since service workers and phones store
 * them.
 */
export type IconFile = IconName | 'badge-96.png'

/** The web application manifest (W3C), which phones read to install the app and to offer it as a share target. */
export const webManifest = (name: string, colour: string, mark: Mark | null, t: Translate) => ({
  id: '/',
  name,
  short_name: name,
  lang: t.locale,
  dir: t.dir,
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#ffffff',
  theme_color: colour,
  icons: icons.map(({ name, ...icon }) => ({ src: mark?.urlOf(name) ?? `/${name}`, ...icon, type: 'image/png' })),
  shortcuts: [
    { name: t('New post'), url: '/posts/new' },
    { name: t('Inbox'), url: '/inbox' },
  ],
  share_target: {
    action: '/posts/new',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'file', accept: ['image/*', 'video/*'] }] },
  },
})
