-- Vault with the names and grants of the supabase_vault extension. Secrets are encrypted on disk under a key that is
-- kept in a file beside the database, not in it.
create table if not exists vault.secrets (
  id uuid primary key default gen_random_uuid(),
  name text,
  description text not null default '',
  secret text not null,
  key_id uuid,
  nonce bytea,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp
);
create unique index if not exists secrets_name_idx on vault.secrets (name) where name is not null;

-- The key, for the two functions below alone: they run as its owner, the superuser.
create or replace function vault._key() returns text
language sql stable set search_path = ''
as $$ select pg_catalog.pg_read_file('../vault.key') $$;

-- A value as it is stored: AES-256, base64.
create or replace function vault._encrypt(value text) returns text
language sql volatile security definer set search_path = ''
as $$
  select pg_catalog.encode(extensions.pgp_sym_encrypt(value, vault._key(), 'cipher-algo=aes256'), 'base64')
$$;

-- The value of a stored secret.
create or replace function vault._decrypt(stored text) returns text
language sql stable security definer set search_path = ''
as $$
  select extensions.pgp_sym_decrypt(pg_catalog.decode(stored, 'base64'), vault._key())
$$;

-- Keeps a secret and returns its id; a name can be used once.
create or replace function vault.create_secret(
  new_secret text, new_name text default null, new_description text default '', new_key_id uuid default null
) returns uuid
language sql volatile security definer set search_path = ''
as $$
  insert into vault.secrets (secret, name, description, key_id)
  values (vault._encrypt(new_secret), new_name, new_description, new_key_id)
  returning id
$$;

-- Changes what is given of a secret, by its id.
create or replace function vault.update_secret(
  secret_id uuid, new_secret text default null, new_name text default null, new_description text default null,
  new_key_id uuid default null
) returns void
language sql volatile security definer set search_path = ''
as $$
  update vault.secrets
  set secret = coalesce(vault._encrypt(new_secret), secret),
    name = coalesce(new_name, name),
    description = coalesce(new_description, description),
    key_id = coalesce(new_key_id, key_id),
    updated_at = current_timestamp
  where id = secret_id
$$;

create or replace view vault.decrypted_secrets as
select id, name, description, secret, vault._decrypt(secret) as decrypted_secret, key_id, nonce, created_at, updated_at
from vault.secrets;

revoke all on schema vault from public;
revoke all on all tables in schema vault from public;
revoke all on all functions in schema vault from public;
grant usage on schema vault to postgres with grant option;
grant select, delete on vault.secrets, vault.decrypted_secrets to postgres with grant option;
grant execute on function vault._decrypt, vault.create_secret, vault.update_secret to postgres with grant option;
grant usage on schema vault to service_role;
grant select, delete on vault.secrets, vault.decrypted_secrets to service_role;
grant execute on function vault._decrypt, vault.create_secret, vault.update_secret to service_role;
