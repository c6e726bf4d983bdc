#!/usr/bin/env bash
# Builds kube-apiserver and kube-controller-manager 1.20 from Debian's own `kubernetes` source package, once: about 7 minutes, kept in
# ${COCKPIT_LAB_CACHE:-~/.cache/cockpit-lab}. There is no kubelet and no scheduler in it: tests/lab/kubelet stands in for both, so
# deployments, rollouts, scale, patches, watches, dry run and RBAC are the real ones; logs and exec are not there.
#
#   tests/lab/kube.sh build
set -euo pipefail
cache=${COCKPIT_LAB_CACHE:-$HOME/.cache/cockpit-lab}
[ "${1:-}" = build ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }

built() { [ -x "$cache/kube-apiserver" ] && [ -x "$cache/kube-controller-manager" ]; }
built && exit
mkdir -p "$cache"
exec 8< "$cache"
flock 8
built && exit
[ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || { echo "lab: $cache lacks kube-apiserver and kube-controller-manager; as root on Debian, tests/lab/kube.sh build makes them" >&2; exit 1; }

export DEBIAN_FRONTEND=noninteractive
work=$(mktemp -d)
sources=/etc/apt/sources.list.d/cockpit-lab-source.list
[ ! -f /etc/apt/sources.list.d/debian.sources ] || sources=/etc/apt/sources.list.d/cockpit-lab-source.sources
trap 'rm -rf "$work" "$sources"' EXIT
if [ -f /etc/apt/sources.list.d/debian.sources ]; then
  sed 's/^Types:.*/Types: deb-src/' /etc/apt/sources.list.d/debian.sources > "$sources"
else
  sed -n 's/^deb /deb-src /p' /etc/apt/sources.list > "$sources"
fi

echo "lab: building the Kubernetes control plane, about 7 minutes, once"
( cd "$work"
  apt-get update -q
  apt-get install -yq --no-install-recommends golang-go dpkg-dev rsync make golang-github-modern-go-reflect2-dev
  apt-get source -q kubernetes
  cd kubernetes-*/
  # The vendored reflect2 1.0.1 corrupts memory under Go 1.18 and later (map iteration); Debian packages 1.0.2.
  rm -rf vendor/github.com/modern-go/reflect2
  cp -r /usr/share/gocode/src/github.com/modern-go/reflect2 vendor/github.com/modern-go/reflect2
  mkdir -p .go/src/k8s.io && ln -sfn ../../.. .go/src/k8s.io/kubernetes
  env GOPATH="$PWD/.go" GO111MODULE=off CGO_ENABLED=0 make WHAT="cmd/kube-apiserver cmd/kube-controller-manager"
  # Moved, not copied, into place: a half-written program must never look built.
  for program in kube-apiserver kube-controller-manager; do
    cp "_output/local/bin/linux/$(go env GOARCH)/$program" "$cache/$program.new"
    mv "$cache/$program.new" "$cache/$program"
  done ) > "$cache/build.log" 2>&1 || { tail -n 20 "$cache/build.log" >&2; echo "lab: the build failed: $cache/build.log" >&2; exit 1; }
