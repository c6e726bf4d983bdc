# shellcheck shell=bash
# What every script of the lab shares: where it lives, its ports, and how a server is started, recognised and stopped.
set -euo pipefail
umask 077
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$here/../.." && pwd)
LAB=$(realpath -m "${COCKPIT_LAB_DIR:-/tmp/cockpit-lab-$UID}")
cache=${COCKPIT_LAB_CACHE:-$HOME/.cache/cockpit-lab}
pgbin=${COCKPIT_LAB_PG_BIN:-/usr/lib/postgresql/15/bin}
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1 LC_ALL=C.UTF-8
export PATH=$PATH:/usr/sbin:/sbin

# In the order in which `status` shows them. The number is the distance from COCKPIT_LAB_PORT.
servers=(postgres-primary postgres-standby postgres-storage redis-1 redis-2 redis-3 sentinel-1 sentinel-2 sentinel-3
  etcd apiserver controllers kubelet estate-exporter postgres-exporter redis-exporter prometheus alertmanager)
declare -A port=([postgres-primary]=0 [postgres-standby]=1 [postgres-storage]=2
  [redis-1]=10 [redis-2]=11 [redis-3]=12 [sentinel-1]=20 [sentinel-2]=21 [sentinel-3]=22
  [prometheus]=30 [alertmanager]=31 [postgres-exporter]=32 [redis-exporter]=33 [estate-exporter]=34
  [etcd]=40 [etcd-peer]=41 [apiserver]=43 [controllers]=44)

say() { printf '%s\n' "$*"; }
fail() { printf 'lab: %s\n' "$*" >&2; return 1; }
die() { printf 'lab: %s\n' "$*" >&2; exit 1; }

# A lab keeps the ports it was created with: its own file wins over the environment of whoever asks later.
load_settings() {
  local name key
  for name in "${!port[@]}"; do
    key=COCKPIT_LAB_PORT_${name^^}; key=${key//-/_}
    port[$name]=${!key:-$((${COCKPIT_LAB_PORT:-21000} + port[$name]))}
  done
  cockpit_port=${COCKPIT_PORT:-5000}
  redis_password=${COCKPIT_LAB_REDIS_PASSWORD:-}
  # shellcheck disable=SC1091
  if [ -f "$LAB/settings" ]; then . "$LAB/settings"; fi
}

save_settings() {
  local name
  { for name in "${!port[@]}"; do echo "port[$name]=${port[$name]}"; done | sort
    printf 'cockpit_port=%q\nredis_password=%q\n' "$cockpit_port" "$redis_password"; } > "$LAB/settings"
}

# One `up` or `down` at a time for a directory. The lock is the directory itself, so that nothing is left behind.
lock_lab() {
  while :; do
    exec 9< "$LAB"
    flock -n 9 || { say "waiting for another up or down of $LAB"; flock 9; }
    [ "$(stat -Lc %i /proc/self/fd/9)" = "$(stat -c %i "$LAB" 2>/dev/null)" ] && return
    [ -d "$LAB" ] || return 1
  done
}

is_lab() { [ -f "$LAB/.cockpit-lab" ]; }

secret() { # a random one, made on first use
  [ -s "$LAB/secrets/$1" ] || openssl rand -hex 16 > "$LAB/secrets/$1"
  cat "$LAB/secrets/$1"
}

boot=$(< /proc/sys/kernel/random/boot_id)
look() { # PID: its start time, which with the boot tells it from a later process of the same number, its session and its parent
  local stat
  { read -r stat < "/proc/$1/stat"; } 2>/dev/null || return 1
  set -- ${stat##*) }
  [ "$1" != Z ] || return 1
  since=${20}@$boot session=$4 parent=$2
}

alive() { # NAME: whether the very process that was started still runs; sets `pid`
  local since session parent recorded
  { read -r pid recorded < "$LAB/run/$1"; } 2>/dev/null && look "$pid" && [ "$since" = "$recorded" ]
}

listening() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

start() { # NAME COMMAND...: in a session of its own, its environment naming the lab, its id and start time on record
  local name=$1; shift
  local pid since session parent
  alive "$name" && return
  if [ -n "${port[$name]:-}" ] && listening "${port[$name]}"; then
    fail "$name: port ${port[$name]} is taken by something else; choose another base with COCKPIT_LAB_PORT"; return 1
  fi
  # It goes on record before it becomes the server: an `up` killed at any moment leaves none that `down` does not know.
  rm -f "$LAB/run/$name"
  ( exec 9<&-; cd "$LAB"; look $BASHPID; echo "$BASHPID $since" > "run/$name.new"; mv "run/$name.new" "run/$name"
    COCKPIT_LAB_SERVER="$LAB#$name" exec setsid "$@" ) < /dev/null >> "$LAB/log/$name.log" 2>&1 &
  until [ -f "$LAB/run/$name" ]; do sleep 0.01; done
}

await() { # NAME SECONDS COMMAND...: until the command succeeds, as long as the server lives
  local name=$1 deadline=$((SECONDS + $2)); shift 2
  until "$@" > /dev/null 2>&1; do
    alive "$name" || { fail "$name ended: $(tail -n 3 "$LAB/log/$name.log" 2>/dev/null)"; return 1; }
    [ "$SECONDS" -lt "$deadline" ] || { fail "$name is not ready; see $LAB/log/$name.log"; return 1; }
    sleep 0.1
  done
}

signal() { # NAME SIGNAL
  local pid
  alive "$1" || return 0
  kill -s "$2" "$pid" 2>/dev/null || true
}

stop() { # NAME...: together, each with the signal it takes for a clean end, by force after ten seconds
  local name deadline patience
  for name in "$@"; do
    case $name in postgres-primary | postgres-standby | postgres-storage) signal "$name" INT ;; *) signal "$name" TERM ;; esac
    signal "$name" CONT
  done
  for name in "$@"; do
    # The API server holds no state and waits long for watchers to leave.
    case $name in apiserver) patience=1 ;; *) patience=10 ;; esac
    deadline=$((SECONDS + patience))
    while alive "$name"; do
      if [ "$SECONDS" -gt "$deadline" ]; then signal "$name" KILL; fi
      sleep 0.05
    done
    rm -f "$LAB/run/$name"
  done
}

strays() { # processes of this lab that belong to no recorded server: children of a killed one, or what an interrupted `up` had just started
  local name file pid since session parent
  local -A known=()
  for name in "${servers[@]}"; do if alive "$name"; then known[$pid]=1; fi; done
  while read -r file; do
    pid=${file#/proc/} pid=${pid%/environ}
    if look "$pid" && [ -z "${known[$session]:-}${known[$parent]:-}" ]; then echo "$pid"; fi
  done < <(grep -lzF "COCKPIT_LAB_SERVER=$LAB#" /proc/[0-9]*/environ 2>/dev/null)
}

end_strays() {
  local left
  for _ in $(seq 50); do
    left=$(strays)
    [ -n "$left" ] || return 0
    kill -9 $left 2>/dev/null || true
    sleep 0.1
  done
  fail "still running: $left"
}

get() { curl -sf --noproxy '*' --max-time 3 "$@"; }
