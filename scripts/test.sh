#!/usr/bin/env bash
# Builds everything and runs every test. The last line says how many passed, failed and were skipped.
#
#   scripts/test.sh              all of it
#   scripts/test.sh NAME         only the unit and integration tests whose full name holds NAME
#
# As root it installs the Debian packages that the tests need: they talk to a real rsync daemon, a real sshd, a
# real Docker engine and really full file systems. Without PowerShell (pwsh) the Pester tests are counted as skipped, and it says so.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

packages=(
  busybox-static
  chromium
  cron
  dbus
  e2fsprogs
  fail2ban
  iproute2
  iptables
  msmtp
  nftables
  openssh-client
  openssh-server
  procps
  python3-aiosmtpd
  rsync
  shellcheck
  sqlite3
  systemd
  systemd-container
  tzdata
  util-linux
)

install_packages() {
  local missing=() package
  # Where there is another build of Docker, Debian's would take its place.
  command -v dockerd >/dev/null || packages+=(docker.io runc)
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    echo "These Debian packages are missing: ${missing[*]}. Install them, or run this as root." >&2
    return 1
  fi
  echo "Installing ${missing[*]}"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count() { # passed failed skipped
  echo "$1 $2 $3" >>"$work/counts"
}

# Says how many tests there were; fails when one of them did.
conclude() {
  awk '{ passed += $1; failed += $2; skipped += $3 }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 }' "$work/counts"
}

# Reads the counters of a TRX file.
count_trx() {
  local counters total executed ok
  counters=$(grep -o '<Counters [^>]*>' "$1" | head -n 1)
  attribute() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  total=$(attribute total) executed=$(attribute executed) ok=$(attribute passed)
  count "$ok" $((executed - ok)) $((total - executed))
}

run_dotnet_tests() { # project name, filter
  local results=$work/$1 trx arguments=()
  [[ -n $2 ]] && arguments+=(--filter "FullyQualifiedName~$2")
  dotnet test "tests/$1" --no-build --nologo --results-directory "$results" --logger "trx;LogFileName=result.trx" \
    --logger "console;verbosity=normal" "${arguments[@]}" | grep -vE '^\s+(Passed|Standard Output)|^$' || true
  trx="$results/result.trx"
  if [[ -f $trx ]]; then
    count_trx "$trx"
  else
    echo "tests/$1 did not run." >&2
    count 0 1 0
  fi
}

run_pester() {
  if ! command -v pwsh >/dev/null; then
    echo "pwsh is not on PATH: the Pester tests of the cmdlets were not run."
    count 0 0 "$(cat tests/pester/*.Tests.ps1 | grep -cE '^\s*It ')"
    return
  fi
  local counts=$work/pester
  NO_COLOR=1 pwsh -NoProfile -File tests/pester/Run.ps1 -CountsPath "$counts"
  if [[ -s $counts ]]; then
    # shellcheck disable=SC2046 # three numbers, to be split
    count $(cat "$counts")
  else
    echo "Pester did not run." >&2
    count 0 1 0
  fi
}

run_shellcheck() {
  if shellcheck scripts/*.sh .ci/run bench/*.sh; then count 1 0 0; else count 0 1 0; fi
}

install_packages || { count 0 1 0; conclude; exit 1; }
if ! dotnet build --nologo -v quiet -clp:ErrorsOnly; then
  echo "The build failed." >&2
  count 0 1 0
else
  # They mostly wait, for programs and for time to pass, so they do so side by side.
  run_dotnet_tests integration "${1:-}" >"$work/integration.txt" 2>&1 &
  run_dotnet_tests unit "${1:-}"
  if [[ -z ${1:-} ]]; then
    run_shellcheck
    run_pester
  fi
  wait
  cat "$work/integration.txt"
fi
conclude
