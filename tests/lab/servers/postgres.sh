# shellcheck shell=bash
# PostgreSQL: a primary with a streaming replica, which the cockpit watches, and a cluster apart for the cockpit's own storage.

# PostgreSQL refuses to run as root.
as_postgres=()
if [ "$(id -u)" = 0 ]; then as_postgres=(setpriv --reuid postgres --regid postgres --init-groups --inh-caps=-all --); fi

sql() { # SERVER DATABASE STATEMENT, as the superuser
  PGPASSWORD=$(secret postgres) PGCONNECT_TIMEOUT=3 "$pgbin/psql" -XqAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "${port[$1]}" -U postgres -d "$2" -c "$3"
}

pg_ready() { PGCONNECT_TIMEOUT=1 "$pgbin/pg_isready" -q -h 127.0.0.1 -p "${port[$1]}"; }

pg_cluster() { # SERVER: made aside and moved into place, so that an interrupted one is never taken for a whole one
  local name=$1 data=$LAB/pg/$1
  [ -d "$data" ] && return
  rm -rf "$data.new"
  (cd "$LAB/pg" && "${as_postgres[@]}" "$pgbin/initdb" --no-sync -D "$data.new" -U postgres -E UTF8 --locale=C.UTF-8 -A scram-sha-256 \
    --pwfile="$LAB/pg/superuser") >> "$LAB/log/$name.log" 2>&1 || { fail "initdb failed: $LAB/log/$name.log"; return 1; }
  pg_settings "$name" >> "$data.new/postgresql.conf"
  printf 'host all all 127.0.0.1/32 scram-sha-256\nhost replication replicator 127.0.0.1/32 scram-sha-256\n' > "$data.new/pg_hba.conf"
  mv "$data.new" "$data"
}

pg_settings() {
  cat <<CONF
listen_addresses = '127.0.0.1'
port = ${port[$1]}
unix_socket_directories = ''
dynamic_shared_memory_type = mmap
shared_buffers = 32MB
jit = off
log_line_prefix = '%m [%p] %a '
fsync = off
full_page_writes = off
CONF
  [ "$1" = postgres-storage ] || cat <<CONF
shared_preload_libraries = 'pg_stat_statements'
wal_level = replica
hot_standby = on
max_wal_senders = 5
max_replication_slots = 5
max_slot_wal_keep_size = 4GB
max_wal_size = 2GB
wal_receiver_status_interval = 1s
wal_retrieve_retry_interval = 500ms
wal_sender_timeout = 10s
wal_receiver_timeout = 10s
track_io_timing = on
CONF
}

pg_start() { # SERVER: once more if a killed predecessor's backends still hold its memory
  local name=$1 deadline
  for _ in 1 2 3; do
    start "$name" "${as_postgres[@]}" "$pgbin/postgres" -D "$LAB/pg/$name" || return 1
    deadline=$((SECONDS + 20))
    while alive "$name" && [ $SECONDS -lt $deadline ]; do
      if pg_ready "$name"; then return; fi
      sleep 0.1
    done
    sleep 0.5
  done
  fail "$name did not start: $(tail -n 3 "$LAB/log/$name.log")"
}

pg_directories() {
  mkdir -p "$LAB/pg"
  secret postgres > "$LAB/pg/superuser"
  if [ "$(id -u)" = 0 ]; then chown postgres: "$LAB/pg" "$LAB/pg/superuser"; fi
}

up_postgres_pair() {
  pg_cluster postgres-primary && pg_start postgres-primary || return 1
  if [ ! -f "$LAB/pg/primary.ready" ]; then
    sql postgres-primary postgres "
      do \$\$ begin
        if not exists (select from pg_roles where rolname = 'replicator') then
          create role replicator login replication; create role bondx login; create role cockpit login in role pg_monitor;
          create role cockpit_actions login in role pg_monitor, pg_signal_backend, bondx;
          perform pg_create_physical_replication_slot('replica_1', true);
        end if;
      end \$\$;
      alter role replicator password '$(secret replicator)'; alter role bondx password '$(secret bondx)'; alter role cockpit password '$(secret cockpit)'; alter role cockpit_actions password '$(secret cockpit)'" &&
    { [ -n "$(sql postgres-primary postgres "select 1 from pg_database where datname = 'bondx'")" ] || sql postgres-primary postgres 'create database bondx owner bondx'; } &&
    sql postgres-primary bondx "
      create extension if not exists pg_stat_statements;
      create table if not exists lab_writes (id bigint generated always as identity primary key, filler text not null);
      alter table lab_writes alter filler set storage plain; alter table lab_writes owner to bondx" || return 1
    touch "$LAB/pg/primary.ready"
  fi
  if [ ! -d "$LAB/pg/postgres-standby" ]; then
    local data=$LAB/pg/postgres-standby conninfo
    conninfo="host=127.0.0.1 port=${port[postgres-primary]} user=replicator password=$(secret replicator) application_name=replica-1"
    rm -rf "$data.new"
    (cd "$LAB/pg" && "${as_postgres[@]}" "$pgbin/pg_basebackup" -d "$conninfo" -D "$data.new" -X stream -c fast --no-sync --no-manifest) \
      >> "$LAB/log/postgres-standby.log" 2>&1 || { fail "pg_basebackup failed: $LAB/log/postgres-standby.log"; return 1; }
    { pg_settings postgres-standby; echo "primary_conninfo = '$conninfo'"; echo "primary_slot_name = 'replica_1'"; } >> "$data.new/postgresql.conf"
    touch "$data.new/standby.signal"
    mv "$data.new" "$data"
  fi
  pg_start postgres-standby && await postgres-standby 30 pg_streaming
}

pg_streaming() { [ "$(sql postgres-primary postgres "select state from pg_stat_replication where application_name = 'replica-1'")" = streaming ]; }

up_postgres_storage() {
  pg_cluster postgres-storage && pg_start postgres-storage || return 1
  [ -f "$LAB/pg/storage.ready" ] && return
  [ -n "$(sql postgres-storage postgres "select 1 from pg_roles where rolname = 'cockpit'")" ] || sql postgres-storage postgres 'create role cockpit login' || return 1
  sql postgres-storage postgres "alter role cockpit password '$(secret cockpit)'" || return 1
  [ -n "$(sql postgres-storage postgres "select 1 from pg_database where datname = 'cockpit'")" ] || sql postgres-storage postgres 'create database cockpit owner cockpit' || return 1
  touch "$LAB/pg/storage.ready"
}

# A killed server leaves a System V segment of a few bytes that a clean stop removes.
remove_pg_memory() {
  local file key id
  for file in "$LAB"/pg/*/postmaster.pid; do
    [ -f "$file" ] || continue
    read -r key id < <(sed -n 7p "$file") || continue
    ipcs -m | awk -v key="$(printf '0x%08x' "${key:-0}")" -v id="$id" '$1 == key && $2 == id && $6 == 0 { print $2 }' | xargs -r -n 1 ipcrm -m
  done
}
