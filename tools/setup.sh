# Sourced by the other tools: what a fresh machine with Swift alone still needs.
#
#   need_packages   the Debian packages, installed when missing
#   need_postgresql a PostgreSQL server for the tests, on a socket of its own; stopped at the end
#   need_browser    Chromium with a Chinese font, for the tests of pages
#   need_nginx      nginx with its stream module, for a test
#   need_python     a Python with protobuf and gRPC in .build/venv, for the tests
#   build_release   the programs, optimised
#
# Each prints what it does and does nothing when nothing is to be done.
#
# REGISTRY_BUILD holds further options of `swift build` for what is built to be tested.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The one list of Debian packages; the README explains each.
packages=(
  libprotobuf-c-dev libssl-dev libsqlite3-dev libpq-dev libzstd-dev zlib1g-dev libnghttp2-dev
  protobuf-compiler protobuf-c-compiler libprotobuf-dev
  openssl pkg-config python3 python3-venv
)

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Installs the packages named, or those of the list, when missing.
need_packages() {
  local missing=() package
  for package in "${@:-${packages[@]}}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "Installing Debian packages: ${missing[*]}"
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "not root and no sudo; as root run: apt-get install ${missing[*]}"
    sudo=(sudo)
  fi
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null
}

# Starts a server for the tests and exports where it is: a cluster of its own in a temporary folder,
# reached by a socket in it alone. What the package's installation would start is kept from starting.
need_postgresql() {
  local config=/etc/postgresql-common/createcluster.conf
  if [ -z "$(postgresql_programs)" ]; then
    local made='' as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    if [ ! -e "$config" ]; then
      made=yes
      "${as_root[@]}" mkdir -p "${config%/*}"
      echo 'create_main_cluster = false' | "${as_root[@]}" tee "$config" >/dev/null
    fi
    need_packages postgresql
    # The package's own file did not come because this one was there.
    [ -z "$made" ] || "${as_root[@]}" rm -f "$config"
  fi
  local programs as_owner=()
  programs=$(postgresql_programs)
  [ -n "$programs" ] || fail "no PostgreSQL server in /usr/lib/postgresql"
  postgresql_place=$(mktemp -d "${TMPDIR:-/tmp}/registry-pg.XXXXXX")
  # A server refuses to run as root: the package's own user runs it.
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$postgresql_place"
    as_owner=(runuser -u postgres --)
  fi
  # pg_ctl with the folder and the socket; the tests use it to stop and start the server.
  postgresql_control=$postgresql_place/control
  cat >"$postgresql_control" <<END
#!/bin/bash
# A server that stays must not keep what its starter has open, such as a lock.
for fd in /proc/\$\$/fd/*; do
  fd=\${fd##*/}
  # 255 is this script, which bash closes by itself.
  [ "\$fd" -le 2 ] || [ "\$fd" -eq 255 ] || eval "exec \$fd>&-"
done
cd "$postgresql_place"
exec ${as_owner[*]} "$programs/pg_ctl" -s -w -t 60 -D "$postgresql_place/data" \\
  -l "$postgresql_place/log" -o "-k $postgresql_place" "\$@"
END
  chmod 755 "$postgresql_control"
  trap stop_postgresql EXIT
  (
    cd "$postgresql_place"
    "${as_owner[@]}" "$programs/initdb" -D "$postgresql_place/data" -U registry -A trust \
      --encoding UTF8 --locale C --no-instructions >/dev/null
    printf '%s\n' "listen_addresses = ''" 'max_connections = 300' 'shared_buffers = 64MB' \
      'autovacuum = on' >>"$postgresql_place/data/postgresql.conf"
    "$postgresql_control" start
  ) || fail "PostgreSQL did not start: $(cat "$postgresql_place/log" 2>/dev/null)"
  export REGISTRY_TEST_POSTGRESQL="postgresql:///?host=$postgresql_place&user=registry"
  export REGISTRY_TEST_POSTGRESQL_CONTROL=$postgresql_control
}

# The folder of the newest server's programs.
postgresql_programs() {
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
  [ -x "$found" ] && dirname "$found"
  return 0
}

stop_postgresql() {
  [ -n "${postgresql_place:-}" ] || return 0
  "$postgresql_control" stop -m immediate >/dev/null 2>&1 || true
  rm -rf "$postgresql_place"
}

# Finds a browser for the tests of the pages that are printed, with a font that has Chinese.
need_browser() {
  command -v chromium >/dev/null || need_packages chromium fonts-noto-cjk
  REGISTRY_TEST_BROWSER=$(command -v chromium) || fail "no chromium after its installation"
  export REGISTRY_TEST_BROWSER
}

# Installs nginx for the test that has it in front of a server.
need_nginx() {
  [ -x /usr/sbin/nginx ] && [ -e /usr/lib/nginx/modules/ngx_stream_module.so ] && return
  need_packages nginx-light libnginx-mod-stream
}

need_swift() {
  command -v swift >/dev/null ||
    fail "Swift 6.1 or later is needed: https://www.swift.org/install/linux/"
}

need_python() {
  local venv="$root/.build/venv"
  if ! cmp -s "$root/tools/requirements.txt" "$venv/requirements.txt"; then
    say "Making a Python with protobuf and gRPC in .build/venv"
    mkdir -p "$root/.build"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$root/tools/requirements.txt"
    cp "$root/tools/requirements.txt" "$venv/requirements.txt"
  fi
  export REGISTRY_PYTHON="$venv/bin/python3"
}

build_release() {
  say "Building ${*:-the programs} (optimised; the first build takes some minutes)"
  # Swift's networking, which the counts' HTTP server brings along, asks for it where it is linked in.
  need_packages libcurl4-openssl-dev
  local product
  for product in "$@"; do
    # With Swift's own libraries in it a program runs where Swift is not installed, and calls go less far.
    swift build --package-path "$root" -c release --static-swift-stdlib --product "$product" ||
      fail "the build of $product failed"
  done
}
