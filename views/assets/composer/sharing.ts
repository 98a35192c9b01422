import { find } from '../dom'
import { saying, toast } from '../toast'

type State = { waiting: boolean; refused: boolean; isEmpty: boolean }

/**
 * Shares the post when the person says so and all uploads have finished, in whichever order. `onSent` is called when
 * the form is sent.
 */
export function watchSharing(root: HTMLElement, form: HTMLFormElement, stateOf: () => State, onSent: () => void) {
  const button = find<HTMLButtonElement>('[data-publish]', root)
  const time = find<HTMLInputElement>('[name=publishAt]', form)
  let wanted = false

  const refresh = () => {
    const { waiting, refused, isEmpty } = stateOf()
    if (wanted && (refused || isEmpty)) wanted = false
    if (button) {
      button.disabled = refused || isEmpty || wanted
      button.textContent = (time?.value ? button.dataset.later : button.dataset.now) ?? ''
    }
    find('[data-waiting]', root)!.hidden = !wanted
    find('[data-refused]', root)!.hidden = waiting || !refused
    if (!wanted || waiting) return
    wanted = false
    if (button) button.disabled = false
    form.requestSubmit(button ?? undefined)
  }

  form.addEventListener('submit', (event) => {
    if ((event.submitter as HTMLButtonElement | null)?.formAction.includes('/draft')) return
    const { waiting } = stateOf()
    if (!waiting && navigator.onLine) return onSent()
    event.preventDefault()
    if (!navigator.onLine) toast(saying('offline'))
    wanted = waiting
    refresh()
  })
  find('[data-wait-no-more]', root)?.addEventListener('click', () => {
    wanted = false
    refresh()
  })
  time?.addEventListener('change', refresh)
  return refresh
}
