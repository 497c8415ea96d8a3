# Sourced after setup.sh by the tools that start servers, once the programs are built: a folder `place` with
# certificates of a county's node and its poverty office, and the ends of all that was started.
#
#   keep PID            has a program that was started in the background end with the tool
#   stop PID            ends it now
#   address_in FILE     waits for `ready ADDRESS` there and prints the address
#   start_registry DATABASE [DIVISION [SETTING…]]   starts a registry; sets `pid` and `address`
#   as_office PERSON    sets `office`: the flags of a person's certificate, p0001 to p0020
#
# Each program is a process group of its own, so that what it started ends with it.
set -m
bin=$(swift build --package-path "$root" -c release --show-bin-path)
place=$(mktemp -d "${TMPDIR:-/tmp}/registry.XXXXXX")
kept=()

keep() { kept+=("$1"); }

stop() {
  kill -- "-$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

finish() {
  local kept_pid
  for kept_pid in "${kept[@]:-}"; do [ -z "$kept_pid" ] || stop "$kept_pid"; done
  rm -rf "$place"
}
trap finish EXIT

certs=$place/certs
tools/certs --dir "$certs" ca >/dev/null
tools/certs --dir "$certs" node 421224 >/dev/null
tools/certs --dir "$certs" node 420000 >/dev/null
for person in $(seq -f 'p%04g' 1 20); do
  tools/certs --dir "$certs" office 421224 poverty-office "$person" >/dev/null
done
node=registry://421224/node/main
node_files=(--cert "$certs/421224-node-main.pem" --key "$certs/421224-node-main-key.pem")

as_office() {
  office=(--ca "$certs/ca.pem" --cert "$certs/421224-poverty-office-$1.pem"
    --key "$certs/421224-poverty-office-$1-key.pem")
}
as_office p0001

address_in() {
  local _
  for _ in $(seq 300); do
    if grep -q '^ready ' "$1"; then sed -n 's/^ready //p' "$1"; return; fi
    sleep 0.1
  done
  fail "the server did not start: $(cat "$1.log" 2>/dev/null)"
}

start_registry() {
  local database=$1 division=${2:-421224}
  : >"$place/ready"
  "$bin/registryd" --listen 127.0.0.1:0 --division "$division" --synthetic true \
    --log-level error --ca "$certs/ca.pem" --certificate "$certs/$division-node-main.pem" \
    --key "$certs/$division-node-main-key.pem" --database "$database" "${@:3}" \
    >"$place/ready" 2>"$place/ready.log" &
  pid=$!
  keep "$pid"
  address=$(address_in "$place/ready")
}
