type Props = {
  /** The accessible name of the filter. */
  label: string
  choices: { href: string; name: string; here: boolean }[]
}

/** Links that choose which items of a list are shown. */
export const Filter = ({ label, choices }: Props) => (
  <nav class="filter" aria-label={label}>
    {choices.map(({ href, name, here }) => (
      <a href={href} {...(here && { 'aria-current': 'page' as const })}>
        {name}
      </a>
    ))}
  </nav>
)
