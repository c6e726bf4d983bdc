# shellcheck shell=bash
# Prometheus and Alertmanager with what they scrape: exporters of PostgreSQL and Redis, and the estate, whose load follows the real
# servers: the cluster's replicas and settings, the Redis master that Sentinel names and how fast it answers, the replica's delay.

up_prometheus() {
  mkdir -p "$LAB/prometheus/rules" "$LAB/alertmanager"
  secret alertmanager > /dev/null
  [ -s "$LAB/prometheus/prometheus.yml" ] || prometheus_config > "$LAB/prometheus/prometheus.yml"
  [ -s "$LAB/alertmanager/alertmanager.yml" ] || alertmanager_config > "$LAB/alertmanager/alertmanager.yml"
  start prometheus prometheus --config.file="$LAB/prometheus/prometheus.yml" --storage.tsdb.path="$LAB/prometheus/data" --storage.tsdb.retention.time=2d \
    --web.listen-address="127.0.0.1:${port[prometheus]}" --web.enable-lifecycle --log.level=warn || return 1
  start alertmanager prometheus-alertmanager --config.file="$LAB/alertmanager/alertmanager.yml" --storage.path="$LAB/alertmanager/data" \
    --web.listen-address="127.0.0.1:${port[alertmanager]}" --cluster.listen-address= --log.level=warn || return 1
  # The two collectors that are off name no server and so fail when there are two.
  DATA_SOURCE_NAME="$(pg_source postgres-primary),$(pg_source postgres-standby)" \
    start postgres-exporter prometheus-postgres-exporter --web.listen-address="127.0.0.1:${port[postgres-exporter]}" --log.level=warn \
      --no-collector.database --no-collector.bgwriter || return 1
  REDIS_PASSWORD=$redis_password REDIS_ADDR='' \
    start redis-exporter prometheus-redis-exporter -web.listen-address "127.0.0.1:${port[redis-exporter]}" || return 1
  await prometheus 20 get "http://127.0.0.1:${port[prometheus]}/-/ready" &&
    await alertmanager 20 get "http://127.0.0.1:${port[alertmanager]}/-/ready" &&
    await postgres-exporter 20 get "http://127.0.0.1:${port[postgres-exporter]}/" &&
    await redis-exporter 20 get "http://127.0.0.1:${port[redis-exporter]}/"
}

pg_source() { echo "postgresql://cockpit:$(secret cockpit)@127.0.0.1:${port[$1]}/bondx?sslmode=disable"; }

prometheus_config() {
  cat <<YAML
global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
rule_files: ["$LAB/prometheus/rules/*.yml"]
alerting:
  alertmanagers: [{static_configs: [{targets: ["127.0.0.1:${port[alertmanager]}"]}]}]
scrape_configs:
- {job_name: prometheus, static_configs: [{targets: ["127.0.0.1:${port[prometheus]}"]}]}
- {job_name: quantx-api, honor_labels: true, static_configs: [{targets: ["127.0.0.1:${port[estate-exporter]}"]}]}
- {job_name: postgres, static_configs: [{targets: ["127.0.0.1:${port[postgres-exporter]}"]}]}
- job_name: redis
  metrics_path: /scrape
  static_configs: [{targets: ["127.0.0.1:${port[redis-1]}", "127.0.0.1:${port[redis-2]}", "127.0.0.1:${port[redis-3]}"]}]
  relabel_configs:
  - {source_labels: [__address__], target_label: __param_target, replacement: "redis://\$1"}
  - {source_labels: [__address__], target_label: instance}
  - {target_label: __address__, replacement: "127.0.0.1:${port[redis-exporter]}"}
YAML
}

alertmanager_config() {
  cat <<YAML
route: {receiver: cockpit, group_by: [alertname], group_wait: 1s, group_interval: 5s, repeat_interval: 1m}
receivers:
- name: cockpit
  webhook_configs:
  - url: http://127.0.0.1:$cockpit_port/api/v1/alertmanager
    send_resolved: true
    http_config: {authorization: {type: Bearer, credentials_file: "$LAB/secrets/alertmanager"}}
YAML
}

up_estate() { # COCKPIT_LAB_EXPORTER_COMMAND: another program to take the exporter's arguments
  local command=(dotnet "$repo/src/Cockpit.Estate/bin/Release/net10.0/Cockpit.Estate.dll" exporter)
  if [ -n "${COCKPIT_LAB_EXPORTER_COMMAND:-}" ]; then
    command=("$COCKPIT_LAB_EXPORTER_COMMAND")
  elif ! alive estate-exporter && estate_changed "${command[1]}"; then
    dotnet build -c Release "$repo/src/Cockpit.Estate" > "$LAB/log/estate-build.log" 2>&1 && [ -f "${command[1]}" ] ||
      { fail "the exporter does not build: $LAB/log/estate-build.log"; return 1; }
  fi
  secret kube-estate > /dev/null
  # Diagnostics off: a killed runtime would leave its sockets in the temporary directory.
  REDIS_PASSWORD=$redis_password DOTNET_EnableDiagnostics=0 ASPNETCORE_ENVIRONMENT=Production start estate-exporter "${command[@]}" --urls "http://127.0.0.1:${port[estate-exporter]}" \
    --kube-url "$(kube_url)" --kube-token-file "$LAB/secrets/kube-estate" --kube-ca "$kube/ca.crt" --namespace bondx --namespace quantx-production \
    --redis-sentinel "127.0.0.1:${port[sentinel-1]}" --redis-sentinel "127.0.0.1:${port[sentinel-2]}" --redis-sentinel "127.0.0.1:${port[sentinel-3]}" \
    --redis-group "$redis_group" --postgres-metrics "http://127.0.0.1:${port[postgres-exporter]}/metrics" \
    ${COCKPIT_LAB_EXPORTER_ARGUMENTS:-} || return 1
  await estate-exporter 30 get "http://127.0.0.1:${port[estate-exporter]}/metrics"
}

estate_changed() { [ ! -f "$1" ] || [ -n "$(find "$repo/src/Cockpit.Estate" "$repo/src/Cockpit.Domain" \( -name obj -o -name bin \) -prune -o -newer "$1" -type f -print -quit)" ]; }

targets_up() { [ "$(get "http://127.0.0.1:${port[prometheus]}/api/v1/query?query=count(up==1)" | jq -r '.data.result[0].value[1]')" = 6 ]; }
