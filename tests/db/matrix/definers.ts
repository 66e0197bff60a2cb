/**
 * Every function that runs as its owner, past row-level security, and why. One that is not here fails the tests, and so does one here that
 * no longer does. Those that users may call check the caller before anything else.
 */
export const definers: Record<string, string> = {
  // Membership itself.
  "private.my_workspaces":
    "tells callers their own memberships; policies ask it, so no policy can apply to it",
  "private.may_listen": "my_workspaces decides; a policy of realtime.messages asks it",

  // Lists: text search, arrays and jsonb are not leakproof, so policies would keep their indexes from being used.
  "private.find_page": "open_list checks; gives ids, which the caller reads under the policies",
  "private.find_jobs": "my_workspaces checks; gives ids, which the caller reads under the policies",
  "private.custom_columns": "open_list checks",
  "public.list_total": "open_list checks",
  "public.list_place": "open_list checks; gives a cursor",

  // What people do: tables that clients have no grant on.
  "public.create_workspace": "makes a workspace for the caller, whose account is looked up first",
  "public.change_role": "open_workspace checks, then may_manage",
  "public.remove_member": "open_workspace checks, then may_manage",
  "public.leave_workspace": "remove_member checks; acts on the caller alone",
  "public.transfer_ownership": "open_workspace checks",
  "public.delete_workspace": "open_workspace checks",
  "public.invite_member": "open_workspace checks, then may_manage",
  "public.make_invite_link": "open_invite checks",
  "public.revoke_invite": "open_invite checks",
  "public.get_invite": "whoever has a link's token or the confirmed address",
  "public.my_invites": "invites for the caller's confirmed address alone",
  "public.accept_invite": "a link's token and the confirmed address of the invite",
  "public.decline_invite": "the confirmed address of the invite",
  "public.archive_campaign": "open_campaign checks",
  "public.restore_campaign": "open_campaign checks",
  "public.list_archived": "open_campaign checks; cursors are signed with a key that nobody may read",
  "public.delete_campaign": "open_campaign checks",
  "public.edit_matching": "open_campaign checks",
  "public.delete_matching": "open_campaign checks",
  "public.cancel_task": "my_workspaces checks",
  "public.start_import": "open_campaign checks",
  "public.import_rows": "my_workspaces checks, then open_campaign",
  "public.finish_import": "my_workspaces checks",
  "public.start_research": "open_campaign checks",
  "public.pause_research": "open_run checks",
  "public.resume_research": "open_run checks",
  "public.cancel_research": "open_run checks",
  "public.retry_failed_jobs": "open_run checks",
  "public.rerun_jobs": "open_run checks",
  "public.set_spend_cap": "open_run checks",
  "public.research_progress": "open_run checks",
  "public.delete_integration": "open_integration checks",
  "public.may_manage_integration": "open_integration checks",
  "public.may_redeliver": "my_workspaces checks",
  "public.engine_status":
    "says whether an address is set, the same to everybody; reads no rows of workspaces",

  // Machinery that users may not call, needed where a trigger or a definer function of theirs ends up.
  "private.doorbell": "reads the dispatcher's address from Vault",
  "private.ring_doorbell": "wakes the dispatcher",
  "private.note_change": "called by triggers",

  // Triggers, which nobody can call: what follows from a statement that was allowed touches what its caller may not.
  "private.welcome_user": "makes the first workspace of an account, as Auth adds it",
  "private.follow_email": "shows members' new address, as Auth changes it",
  "private.lock_before_account_goes": "locks the workspaces and campaigns of an account that Auth deletes",
  "private.follow_members": "whom rows may be assigned to, in a table of private",
  "private.keep_owner": "makes somebody an owner after the last one went",
  "private.keep_contact_key_true": "keys of contacts, which clients cannot write",
  "private.keep_company_key_true": "keys of companies, which clients cannot write",
  "private.refuse_busy_edits": "reads which campaigns are being moved",
  "private.limit_saved_views": "counts views that others cannot see",
  "private.count_companies": "counters of campaigns, which clients cannot write",
  "private.count_children": "counters of campaigns and companies, which clients cannot write",
  "private.count_truncated": "counters of campaigns and companies, which clients cannot write",
  "private.count_jobs": "counters of runs, which clients cannot write",
  "private.send_changes": "sends on realtime channels, where clients cannot speak",
  "private.note_campaign_rows": "notes changes to be sent, in a table of private",
  "private.note_moved_rows": "notes changes to be sent, in a table of private",
  "private.note_campaigns": "notes changes to be sent, in a table of private",
  "private.note_members": "notes changes to be sent, in a table of private",
  "private.renew_channel_keys": "members are removed by those who cannot write the key",
  "private.note_workspace_rows": "notes changes to be sent, in a table of private",
  "private.forget_header_secret":
    "a trigger; deletes the secret of the row that is written, which clients cannot see",
  "private.forget_results": "marks the lane of the integration that is written, which clients cannot write",
  "private.note_runs": "notes changes to be sent, in a table of private",
  "private.note_traffic": "notes changes to be sent, in a table of private",
  "private.note_tasks": "notes changes to be sent, in a table of private",
};
