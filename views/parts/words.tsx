/** As the server finds whom a text names; see `posts/mentions`. */
const NAMED = /(?<![\w.@/])(@\w{3,30})(?!\w|@)/g

/** What somebody wrote: whom it names is a link to them. */
export const Words = ({ text }: { text: string }) => (
  <>
    {text.split(NAMED).map((piece, at) =>
      at % 2 ? (
        <a class="named" href={`/users/${piece.slice(1).toLowerCase()}`}>
          {piece}
        </a>
      ) : (
        piece
      ),
    )}
  </>
)
