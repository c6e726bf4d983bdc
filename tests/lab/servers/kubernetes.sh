# shellcheck shell=bash
# Kubernetes: etcd, API server, controllers and the stand-in for scheduler and kubelet, with the estate's namespaces in it.
kube=$LAB/kube
kube_url() { echo "https://127.0.0.1:${port[apiserver]}"; }

kube_get() { get --cacert "$kube/ca.crt" -H "Authorization: Bearer $(secret kube-admin)" "$(kube_url)$1"; }

kube_certificates() { # a certificate authority, the server's certificate, one for the user `cockpit`, and the key that signs service account tokens
  [ -s "$kube/cockpit.crt" ] && return
  ( cd "$kube"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=lab-ca -keyout ca.key -out ca.crt
    openssl genrsa -out sa.key 2048; openssl rsa -in sa.key -pubout -out sa.pub
    issue() { # FILE SUBJECT EXTENSIONS
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "$2" -keyout "$1.key" -out "$1.csr"
      openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -extfile <(printf '%s\n' "$3") -out "$1.crt"
      rm "$1.csr"
    }
    issue apiserver /CN=127.0.0.1 $'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth'
    issue cockpit /CN=cockpit 'extendedKeyUsage=clientAuth' ) > "$LAB/log/certificates.log" 2>&1 || fail "no certificates: $LAB/log/certificates.log"
}

kubeconfig() { # FILE USER CREDENTIAL
  cat > "$kube/$1" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: lab, cluster: {server: "$(kube_url)", certificate-authority: "$kube/ca.crt"}}]
users: [{name: $2, user: {$3}}]
contexts: [{name: lab, context: {cluster: lab, user: $2, namespace: bondx}}]
current-context: lab
YAML
}

kube_credentials() {
  [ ! -s "$kube/certificate.kubeconfig" ] || return 0
  printf '%s,%s,%s%s\n' "$(secret kube-admin)" lab-admin lab-admin ',"system:masters"' "$(secret kube-cockpit)" cockpit cockpit '' \
    "$(secret kube-viewer)" cockpit-viewer cockpit-viewer '' "$(secret kube-estate)" estate-exporter estate-exporter '' > "$kube/tokens.csv"
  kubeconfig admin.kubeconfig lab-admin "token: $(secret kube-admin)"
  kubeconfig cockpit.kubeconfig cockpit "token: $(secret kube-cockpit)"
  kubeconfig viewer.kubeconfig cockpit-viewer "token: $(secret kube-viewer)"
  kubeconfig certificate.kubeconfig cockpit "client-certificate: $kube/cockpit.crt, client-key: $kube/cockpit.key"
}

up_kubernetes() {
  start etcd etcd --name lab --data-dir "$kube/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls "http://127.0.0.1:${port[etcd]}" --advertise-client-urls "http://127.0.0.1:${port[etcd]}" \
    --listen-peer-urls "http://127.0.0.1:${port[etcd-peer]}" --initial-advertise-peer-urls "http://127.0.0.1:${port[etcd-peer]}" \
    --initial-cluster "lab=http://127.0.0.1:${port[etcd-peer]}" || return 1
  await etcd 15 etcd_healthy || return 1
  # What the cockpit changed, as the server itself tells it: tests count there how often something was done.
  printf '%s\n' 'apiVersion: audit.k8s.io/v1' 'kind: Policy' 'omitStages: [RequestReceived]' \
    'rules: [{level: Request, users: [cockpit], verbs: [delete]}, {level: Metadata, users: [cockpit], verbs: [create, update, patch]}]' > "$kube/audit-policy.yaml"
  start apiserver "$cache/kube-apiserver" --audit-policy-file="$kube/audit-policy.yaml" --audit-log-path="$kube/audit.log" --etcd-servers="http://127.0.0.1:${port[etcd]}" --bind-address=127.0.0.1 --secure-port="${port[apiserver]}" --insecure-port=0 \
    --endpoint-reconciler-type=none --tls-cert-file="$kube/apiserver.crt" --tls-private-key-file="$kube/apiserver.key" --client-ca-file="$kube/ca.crt" \
    --token-auth-file="$kube/tokens.csv" --authorization-mode=RBAC --service-cluster-ip-range=10.0.0.0/24 --disable-admission-plugins=ServiceAccount \
    --service-account-issuer=https://lab --service-account-key-file="$kube/sa.pub" --service-account-signing-key-file="$kube/sa.key" || return 1
  await apiserver 60 kube_get /readyz || return 1
  start controllers "$cache/kube-controller-manager" --kubeconfig="$kube/admin.kubeconfig" --service-account-private-key-file="$kube/sa.key" --leader-elect=false \
    --bind-address=127.0.0.1 --secure-port="${port[controllers]}" --port=0 --cert-dir="$kube/controllers" \
    --controllers=deployment,replicaset,statefulset,namespace,endpoint,garbagecollector,job || return 1
  local resumed=
  alive kubelet || resumed=1
  start kubelet "$here/kubelet" "$(kube_url)" "$kube/ca.crt" "$LAB/secrets/kube-admin" || return 1
  await controllers 30 controllers_healthy || return 1
  if [ -f "$kube/estate.ready" ]; then
    # Pods that came while nobody looked after them are made ready now; one that never will be holds nobody up for long.
    if [ -n "$resumed" ]; then for _ in $(seq 50); do if estate_ready > /dev/null 2>&1; then break; fi; sleep 0.1; done; fi
    return 0
  fi
  apply_estate && await kubelet 60 estate_ready && touch "$kube/estate.ready"
}

etcd_healthy() { get "http://127.0.0.1:${port[etcd]}/health" | grep -q true; }
controllers_healthy() { get -k "https://127.0.0.1:${port[controllers]}/healthz"; }

manage() { kubectl --kubeconfig "$kube/admin.kubeconfig" --cache-dir "$kube/cache" "$@" >> "$LAB/log/apply.log" 2>&1 || fail "kubectl $1: $(tail -n 3 "$LAB/log/apply.log")"; }

apply_estate() { manage apply --validate=false -f "$here/kubernetes" && manage apply --validate=false -f "$here/../../deploy/kubernetes/access.yaml"; }

reset_estate() { # applying leaves what a patch has added, replacing does not
  local namespace
  apply_estate && manage replace --validate=false -f "$here/kubernetes/3-estate.yaml" || return 1
  for namespace in bondx quantx-production; do manage delete horizontalpodautoscalers --all -n "$namespace" || return 1; done
  await kubelet 60 estate_ready
}

estate_ready() {
  local namespace
  for namespace in bondx quantx-production; do
    kube_get "/apis/apps/v1/namespaces/$namespace/deployments" | jq -e '(.items | length) > 0 and all(.items[]; .status.observedGeneration == .metadata.generation
      and (.status.replicas // 0) == .spec.replicas and (.status.readyReplicas // 0) == .spec.replicas)' || return 1
  done
}
