# Shared by the scripts beside it: where we are, how we speak, what may be installed.
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"

say() { printf '%s\n' "[$(date +%H:%M:%S)] $*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Runs a long step and says how long it took; its output is kept and shown only where it fails.
step() {
  local title="$1" log started=$SECONDS
  shift
  log="$(mktemp)"
  say "$title …"
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "failed: $title"
  fi
  rm -f "$log"
  say "$title: done in $((SECONDS - started)) s"
}

# The words before a command that make it run as root ("", "sudo -n"); fails where nothing may be installed.
as_root() {
  if [ "$(id -u)" = 0 ]; then echo ""; elif sudo -n true 2>/dev/null; then echo "sudo -n"; else return 1; fi
}

# Installs Debian packages where this machine lets us; says what is missing where it doesn't.
apt_install() {
  local root
  command -v apt-get >/dev/null || { say "no apt-get here, so not installed: $*"; return 1; }
  root="$(as_root)" || { say "neither root nor sudo, so not installed: $*"; return 1; }
  say "installing Debian packages: $*"
  if [ -z "${APT_UPDATED:-}" ]; then
    $root apt-get update -qq >/dev/null || say "apt-get update failed; going on with the lists at hand"
    APT_UPDATED=1
  fi
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# One hash over the content and names of all files given (folders are walked).
content_hash() {
  find "$@" -type f -not -name '*.pyc' -not -path '*/__pycache__/*' -print0 2>/dev/null |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
}
