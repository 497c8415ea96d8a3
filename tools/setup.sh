# Sourced by the other tools: what a fresh machine with Swift alone still needs.
#
#   need_packages   the Debian packages, installed when missing
#   need_python     a Python with the `protobuf` package in .build/venv, for the tests
#   build_release   the programs, optimised
#
# Each prints what it does and does nothing when nothing is to be done.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The one list of Debian packages; the README explains each.
packages=(
  libprotobuf-c-dev libssl-dev libsqlite3-dev
  protobuf-compiler protobuf-c-compiler libprotobuf-dev
  openssl pkg-config python3 python3-venv
)

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

need_packages() {
  local missing=()
  for package in "${packages[@]}"; do
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

need_swift() {
  command -v swift >/dev/null ||
    fail "Swift 6.1 or later is needed: https://www.swift.org/install/linux/"
}

need_python() {
  local venv="$root/.build/venv"
  if ! "$venv/bin/python3" -c 'import google.protobuf' 2>/dev/null; then
    say "Making a Python with protobuf in .build/venv"
    mkdir -p "$root/.build"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$root/tools/requirements.txt"
  fi
  export REGISTRY_PYTHON="$venv/bin/python3"
}

build_release() {
  say "Building ${*:-the programs} (optimised; the first build takes some minutes)"
  local product
  for product in "$@"; do
    swift build --package-path "$root" -c release --product "$product" ||
      fail "the build of $product failed"
  done
}
