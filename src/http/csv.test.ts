import { expect, test } from 'bun:test'
import { line } from './csv'

/** The cells of a line as a spreadsheet with this separator reads them, even if it ignores quotes. */
const cellsOf = (text: string, separator: string) => text.split(separator).map((cell) => cell.replace(/^["\s]*/, ''))

test.each([',', ';', '\t', '\n', '|'])('no cell is a formula in a spreadsheet that splits at %j', (separator) => {
  for (const start of ['=', '+', '-', '@', '＝', '＋', '－', '＠'])
    for (const given of [`${start}1`, `a${separator}${start}1`, `a${separator} ${start}1`, `a${separator}"${start}1`])
      expect(cellsOf(line([given, 'b']), separator).filter((cell) => /^[=+\-@＝＋－＠]/.test(cell))).toEqual([])
})

test('numbers stay numbers, and plain text stays as it is', () => {
  expect(line([-5, 7, null, 'ten-four', 'a;b', 'say "hi"'])).toBe('-5,7,,ten-four,"a;b","say ""hi"""\r\n')
})
