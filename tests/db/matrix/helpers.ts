/**
 * Functions of `private` that users' statements call and that run as the user: they see what the user sees, and change nothing. Each
 * must stay without `security definer`.
 */
export const helpers: string[] = [
  "private.are_tags",
  "private.brief_custom",
  "private.busy_reason",
  "private.fail",
  "private.findable_words",
  "private.fold_text",
  "private.list_page",
  "private.new_id",
  "private.page_ids",
  "private.pair_characters",
  "private.read_campaigns",
  "private.read_companies",
  "private.read_contacts",
  "private.read_jobs",
  "private.search_document",
  "private.search_words",
  "private.seniority_of",
  "private.show_page",
  "private.split_words",
];
