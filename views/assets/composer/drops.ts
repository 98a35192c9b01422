import { find } from '../dom'

/** Accepts files that are chosen, dropped anywhere on the page or pasted. */
export function watchDrops(root: HTMLElement, add: (files: File[]) => void) {
  const input = find<HTMLInputElement>('input[type=file]', root)
  const take = () => {
    add([...(input?.files ?? [])])
    if (input) input.value = ''
  }
  input?.addEventListener('change', take)
  input?.form?.addEventListener('submit', (event) => event.preventDefault())

  const hasFiles = ({ dataTransfer }: DragEvent) => !!dataTransfer?.types.includes('Files')
  document.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    root.classList.add('over')
  })
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) root.classList.remove('over')
  })
  document.addEventListener('drop', (event) => {
    root.classList.remove('over')
    if (!hasFiles(event)) return
    event.preventDefault()
    add([...(event.dataTransfer?.files ?? [])])
  })
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (!files.length) return
    event.preventDefault()
    add(files)
  })
}
