/** Our licence, and those of all that is in the executable. The build writes them; they are long, so they are read when asked for. */
export async function licensesText() {
  const { default: notices } = await import('../dist/THIRD_PARTY_NOTICES.txt', { with: { type: 'file' } })
  return Bun.file(notices).text()
}
