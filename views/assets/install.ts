import { find, on } from './dom'
import { isInstalled, needsHomeScreen } from './push/device'

const DISMISSED = 'install-dismissed'
type Prompt = Event & { prompt(): Promise<unknown> }

/** Suggests adding the app to the home screen. People who dismiss the suggestion do not see it again. */
export function watchInstall() {
  const hint = find('[data-install]')
  if (!hint || isInstalled() || localStorage.getItem(DISMISSED)) return
  let offered: Prompt | undefined
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offered = event as Prompt
    show('offered')
  })
  if (needsHomeScreen()) show('by-hand')

  function show(way: 'offered' | 'by-hand') {
    for (const part of hint!.querySelectorAll<HTMLElement>('[data-way]')) part.hidden = part.dataset.way !== way
    hint!.hidden = false
  }
  const close = () => {
    hint.hidden = true
    localStorage.setItem(DISMISSED, '1')
  }
  on('click', '[data-install] [data-go]', () => void offered?.prompt().finally(close))
  on('click', '[data-install] [data-close]', close)
  addEventListener('appinstalled', close)
}
