/** What Amazon says of one message; an `odd` kind is a word that is not known. Message 0 is the whole feed. */
export interface FeedResult {
  /** Null where the report does not say it legibly. */
  readonly messageNo: number | null;
  readonly is: 'error' | 'warning' | 'odd';
  readonly code: string;
  readonly text: string;
  /** The order it names, which need not be the message's. */
  readonly orderId: string | null;
}

/** How many messages were processed, went well, and failed; null where the report does not say. */
interface FeedCounts {
  readonly processed: number | null;
  readonly successful: number | null;
  readonly failed: number | null;
}

/** A processing report as it was read, or why it could not be read. */
export type FeedReport =
  | {
      readonly is: 'report';
      /** The feed it is about; null in Amazon's flat form, which does not say. */
      readonly feedId: string | null;
      readonly status: 'complete' | 'rejected' | 'open';
      readonly counts: FeedCounts;
      readonly results: readonly FeedResult[];
    }
  | { readonly is: 'unread'; readonly why: string };
