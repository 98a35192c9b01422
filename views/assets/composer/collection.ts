import { find } from '../dom'

type Problem = { code?: string; detail: string; errors?: { path: string; message: string }[] }

/** Handles the row for the collection of a new post, in which one can be chosen or a new one named. */
export function watchCollection(form: HTMLFormElement) {
  const row = find('[data-collection]', form)!
  const [select, field] = [find<HTMLSelectElement>('select', row)!, find<HTMLInputElement>('input', row)!]
  let refused: string | undefined
  const say = (text: string) => {
    const problem = find('[data-problem]', row)!
    problem.textContent = text
    problem.hidden = !text
  }

  select.addEventListener('change', () => {
    say('')
    if (select.selectedOptions[0]?.dataset.new !== undefined) field.focus()
    else field.value = ''
  })
  // Enter ends the name. It would share the post.
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    select.focus()
  })

  return {
    /** A name is complete when its field is left. One that the server refused is not sent again. */
    contents() {
      const name = field !== document.activeElement && field.value.trim()
      const isNew = name && name !== refused
      return { collectionId: Number(select.value) || null, ...(isNew && { collectionName: name }) }
    },
    /** Lists the collection that the server has made of a name, and chooses it. */
    choose(id: number, name: string) {
      if (field.value.trim() !== name) return
      if (![...select.options].some(({ value }) => value === String(id)))
        find('[data-new]', select)?.before(new Option(name, String(id)))
      select.value = String(id)
      field.value = ''
    },
    /** Says why the server refused the collection that was sent. Returns false if it refused something else. */
    refuse({ code, detail, errors = [] }: Problem, sent: number | null): boolean {
      const error = errors.find(({ path }) => path.startsWith('collection'))
      if (!error && code !== 'too_many_collections') return false
      say(error?.message ?? detail)
      if (error?.path === 'collectionId') [...select.options].find(({ value }) => value === String(sent))?.remove()
      else refused = field.value.trim()
      return true
    },
  }
}
