# shellcheck shell=bash
# Redis: a master, two replicas and three Sentinels that watch the group "mymaster".
redis_group=mymaster

ask_redis() { # SERVER COMMAND...
  local name=$1; shift
  REDISCLI_AUTH=$redis_password timeout 2 redis-cli --no-auth-warning -h 127.0.0.1 -p "${port[$name]}" "$@" 2>/dev/null
}

master_port() { # whom a Sentinel that answers believes to be the master
  local name answer
  for name in sentinel-1 sentinel-2 sentinel-3; do
    alive "$name" || continue
    answer=$(ask_redis "$name" sentinel get-master-addr-by-name $redis_group | sed -n 2p)
    case $answer in '' | *[!0-9]*) ;; *) echo "$answer"; return ;; esac
  done
  return 1
}

quoted() { local text=${redis_password//\\/\\\\}; printf '"%s"' "${text//\"/\\\"}"; } # the password as Redis reads it in a configuration

redis_config() { # NODE MASTER-PORT: what Sentinel has rewritten is written anew, so that a node that comes back joins whom Sentinel follows
  cat <<CONF
bind 127.0.0.1
port ${port[$1]}
set-proc-title no
dir $LAB/redis/$1
save ""
appendonly no
repl-diskless-sync yes
repl-diskless-sync-delay 0
repl-ping-replica-period 1
enable-debug-command local
CONF
  [ "$2" = "${port[$1]}" ] || echo "replicaof 127.0.0.1 $2"
  [ -z "$redis_password" ] || printf 'requirepass %s\nmasterauth %s\n' "$(quoted)" "$(quoted)"
}

sentinel_config() { # SENTINEL MASTER-PORT
  cat <<CONF
bind 127.0.0.1
port ${port[$1]}
set-proc-title no
dir $LAB/redis/$1
sentinel monitor $redis_group 127.0.0.1 $2 2
sentinel down-after-milliseconds $redis_group 2000
sentinel failover-timeout $redis_group 10000
sentinel parallel-syncs $redis_group 2
CONF
  [ -z "$redis_password" ] || printf 'sentinel auth-pass %s %s\nrequirepass %s\nsentinel sentinel-pass %s\n' $redis_group "$(quoted)" "$(quoted)" "$(quoted)"
}

pong() { [ "$(ask_redis "$1" ping)" = PONG ]; }

up_redis() {
  local name master
  # A master that comes back empty before Sentinel has replaced it would empty its replicas too.
  for _ in $(seq 100); do if ! awaits_failover; then break; fi; sleep 0.2; done
  master=$(master_port || echo "${port[redis-1]}")
  for name in redis-1 redis-2 redis-3; do
    alive "$name" && continue
    mkdir -p "$LAB/redis/$name"
    redis_config "$name" "$master" > "$LAB/redis/$name/redis.conf"
    start "$name" redis-server "$LAB/redis/$name/redis.conf" || return 1
  done
  for name in redis-1 redis-2 redis-3; do await "$name" 10 pong "$name" || return 1; done
  # A Sentinel looks for replicas when it connects and then every ten seconds: let it find them at once.
  if ! alive sentinel-1; then await redis-1 10 linked || true; fi
  for name in sentinel-1 sentinel-2 sentinel-3; do
    mkdir -p "$LAB/redis/$name"
    [ -s "$LAB/redis/$name/sentinel.conf" ] || sentinel_config "$name" "$master" > "$LAB/redis/$name/sentinel.conf"
    start "$name" redis-sentinel "$LAB/redis/$name/sentinel.conf" || return 1
  done
  for name in sentinel-1 sentinel-2 sentinel-3; do await "$name" 40 settled "$name" || return 1; done
}

awaits_failover() { # the master is dead, and two Sentinels and a replica live to replace it
  local name master nodes=0 sentinels=0
  for name in sentinel-1 sentinel-2 sentinel-3; do if alive "$name"; then sentinels=$((sentinels + 1)); fi; done
  [ $sentinels -ge 2 ] && master=$(master_port) || return 1
  for name in redis-1 redis-2 redis-3; do
    if alive "$name"; then nodes=$((nodes + 1)); [ "${port[$name]}" != "$master" ] || return 1; fi
  done
  [ $nodes -gt 0 ]
}

linked() { local up=0 name; for name in redis-1 redis-2 redis-3; do ! ask_redis "$name" info replication | grep -q '^master_link_status:up' || up=$((up + 1)); done; [ "$up" = 2 ]; }

settled() { # SENTINEL: knows two others and two live replicas, and the master it names has both linked
  local master name
  master=$(ask_redis "$1" sentinel master $redis_group) || return 1
  grep -qx 'num-other-sentinels' <<< "$master" || return 1
  [ "$(grep -xA1 num-other-sentinels <<< "$master" | tail -n 1) $(grep -xA1 num-slaves <<< "$master" | tail -n 1) $(grep -xA1 flags <<< "$master" | tail -n 1)" = '2 2 master' ] || return 1
  for name in redis-1 redis-2 redis-3; do
    [ "${port[$name]}" = "$(grep -xA1 port <<< "$master" | tail -n 1)" ] || continue
    ask_redis "$name" role | head -n 1 | grep -qx master && [ "$(ask_redis "$name" info replication | grep -c 'state=online')" = 2 ]
    return
  done
  return 1
}
