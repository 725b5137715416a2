#!/usr/bin/env bash
# Runs once, on an empty volume: the database DATABASE, the role of the same name that owns it, and for a side also the role that may
# only relay its outbox (<database>_relay), the one that only looks when sides are compared (<database>_verifier), and the one under which it
# writes down what another owner has decided (<database>_applier). What they may do with tables is granted by the owner. The owner and the
# verifier see who is at work in the server: both have to wait for transactions of other roles, and name them.
set -euo pipefail

psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set database="$DATABASE" --set password="$OWNER_PASSWORD" <<'SQL'
create role :"database" login password :'password';
create database :"database" owner :"database";
revoke connect, temporary on database :"database" from public;
SQL

[ -n "${RELAY_PASSWORD:-}" ] || exit 0
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set owner="$DATABASE" --set relay="${DATABASE}_relay" --set applier="${DATABASE}_applier" \
  --set verifier="${DATABASE}_verifier" --set relay_password="$RELAY_PASSWORD" --set verifier_password="$VERIFIER_PASSWORD" <<'SQL'
create role :"relay" login replication password :'relay_password';
create role :"verifier" login password :'verifier_password';
alter role :"verifier" set default_transaction_read_only = on;
grant pg_read_all_stats to :"owner", :"verifier";
create role :"applier" nologin;
grant :"applier" to :"owner";
grant connect on database :"owner" to :"relay", :"verifier";
SQL
