import { find, on } from '../dom'

/**
 * Lets forms and buttons with `data-passkey` use passkeys. The code that talks to the device is loaded when somebody
 * presses one, or on the page for signing in, where browsers offer passkeys in the field for the handle.
 */
export function watchPasskeys() {
  if (!('PublicKeyCredential' in window)) return document.documentElement.classList.add('no-passkeys')
  const load = () => import('./use')
  on('submit', 'form[data-passkey]', async (form, event) => {
    event.preventDefault()
    await (await load()).fill(form as HTMLFormElement)
  })
  on('click', 'button[data-passkey=join]', async (button) => (await load()).join(button as HTMLButtonElement))
  on('click', 'button[data-passkey=answer]', async (button) => (await load()).answer(button as HTMLButtonElement))
  on('click', 'button[data-passkey=prove]', async (button) => (await load()).prove(button as HTMLButtonElement))
  const signIn = find<HTMLFormElement>('form[data-passkey=sign-in]')
  if (signIn) void load().then(({ offer }) => offer(signIn))
}
