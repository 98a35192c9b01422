/** Tells feed readers where the feed of this page is. */
export const FeedLink = ({ at }: { at: string }) => (
  <link rel="alternate" type="application/atom+xml" href={`${at}/feed.xml`} />
)
