/** One way in which the database could be less guarded. */
export interface Mutant {
  name: string;
  /** What makes it so, as postgres. */
  sql: string;
  /** Whose part of the matrix should notice (a table, function or foreign key): it is tried first. */
  near: string;
}

/** Statements for a mutant that needs every workspace's id, whoever asks. */
export const everyWorkspace = `
  create function private.every_workspace() returns setof uuid language sql stable security definer as 'select id from public.workspaces';
  grant execute on function private.every_workspace to public;`;
