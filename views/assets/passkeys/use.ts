import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { find, findAll } from '../dom'
import { saying, toast } from '../toast'

/** The server refused, and said why. */
class Refused extends Error {}

async function ask<T>(path: string, body: object = {}): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const json = answer.status === 204 ? undefined : await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Refused(json?.detail ?? saying('failed'))
  return json as T
}

const typedInto = (form: HTMLFormElement, name: string) =>
  find<HTMLInputElement>(`input[name="${name}"]`, form)?.value || undefined

function put(form: HTMLFormElement, name: string, answer: unknown) {
  const field = find<HTMLInputElement>(`input[name="${name}"]`, form)
  if (field) field.value = JSON.stringify(answer)
}

/** Fills the form in with the answer of a device, and sends it. */
export const fill = (form: HTMLFormElement) =>
  trying(form, form, async () => {
    if (form.dataset.passkey === 'add') {
      const optionsJSON = await ask<PublicKeyCredentialCreationOptionsJSON>('/users/account/passkeys/options', {
        password: typedInto(form, 'password'),
      })
      put(form, 'response', await startRegistration({ optionsJSON }))
    } else {
      const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>('/sessions/passkeys/options')
      put(form, 'response', await startAuthentication({ optionsJSON }))
    }
    form.submit()
  })

/** Offers passkeys in the field for the handle, while the page for signing in is open. */
export async function offer(form: HTMLFormElement) {
  if (!(await browserSupportsWebAuthnAutofill())) return
  try {
    const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>('/sessions/passkeys/options')
    put(form, 'response', await startAuthentication({ optionsJSON, useBrowserAutofill: true }))
    form.submit()
  } catch {
    // Nobody chose one, or the button was pressed instead, which asks again and says what is wrong.
  }
}

type Ceremony = (form: HTMLFormElement) => Promise<{ name: string; answer: unknown }>

/** Sends the form with the answer of a device in place of these fields, which are then not needed. */
async function sendInstead(button: HTMLButtonElement, fields: string, ceremony: Ceremony) {
  const { form } = button
  if (!form) return
  const inputs = findAll<HTMLInputElement>(fields, form)
  for (const input of inputs) input.required = false
  if (!form.reportValidity()) return
  await trying(button, form, async () => {
    const { name, answer } = await ceremony(form)
    for (const input of inputs) input.value = ''
    put(form, name, answer)
    form.requestSubmit()
  })
  for (const input of inputs) input.required = true
}

/** Creates an account with a passkey in place of the password. */
export const join = (button: HTMLButtonElement) =>
  sendInstead(button, 'input[name=password]', async (form) => {
    const optionsJSON = await ask<PublicKeyCredentialCreationOptionsJSON>('/users/passkeys/options', {
      handle: typedInto(form, 'handle'),
      displayName: typedInto(form, 'displayName'),
    })
    return { name: 'passkey', answer: await startRegistration({ optionsJSON }) }
  })

/** Answers a suspension with a passkey in place of the handle and the password. */
export const answer = (button: HTMLButtonElement) =>
  sendInstead(button, 'input[name=handle], input[name=password]', async () => {
    const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>('/sessions/passkeys/options')
    return { name: 'response', answer: await startAuthentication({ optionsJSON }) }
  })

/** Confirms who this is, after which the page asks for no password. */
export const prove = (button: HTMLButtonElement) =>
  trying(button, button.form, async () => {
    const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>('/sessions/passkeys/proofs/options')
    await ask('/sessions/passkeys/proofs', { response: await startAuthentication({ optionsJSON }) })
    location.replace(location.href)
  })

/** Runs a ceremony, and says in the form what went wrong. `says` carries the sentences for what the device answers. */
async function trying(says: HTMLElement, form: HTMLElement | null, work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    const { name, message } = error as Error
    if (error instanceof Refused) complain(form, message)
    else complain(form, name === 'InvalidStateError' ? says.dataset.known : says.dataset.cancelled)
  }
}

function complain(form: HTMLElement | null, text: string | undefined) {
  if (!form || !text) return toast(text)
  const line = find('.problem', form) ?? document.createElement('p')
  line.className = 'problem'
  line.setAttribute('role', 'alert')
  line.textContent = text
  form.prepend(line)
}
