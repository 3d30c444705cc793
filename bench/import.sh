#!/usr/bin/env bash
# What reading the first system's log costs, beside GNU grep over the same file. Prints a table for RESULTS.md.
#
#   bench/import.sh [ROUNDS]    needs a build (dotnet build), python3, pwsh, and 600 MB below TMPDIR
#
# The logs are made by bench/first-log.py, which says how many runs they hold; an import that finds another number ends it.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${1:-3}
replexon=$PWD/out/cli/replexon
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo '{}' >"$work/replexon.json"

# Seconds and the most memory in MB of a command; its output goes to a file.
measured() { # command...
  python3 - "$work/output" "$@" <<'PYTHON'
import resource, subprocess, sys, time
began = time.monotonic()
with open(sys.argv[1], "wb") as output:
    code = subprocess.call(sys.argv[2:], stdout=output)
took = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
if code:
    sys.exit("%s ended with %d" % (sys.argv[2], code))
print("%.3f %.3f %.0f" % (took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
PYTHON
}

field() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/output" "$1"; }

import() { # log, state folder
  measured "$replexon" import-logs "$1" --time-zone UTC --state-dir "$2" --config "$work/replexon.json" --json
}

# A poll that finds nothing, in a process that goes on, as of a dashboard: the median of 51, after 20 to warm up.
poll() { # log, state folder
  # shellcheck disable=SC2016 # PowerShell's own variables
  MODULE=$PWD/out/RePlexOn LOG=$1 STATE=$2 CONFIGURATION=$work/replexon.json pwsh -NoProfile -Command '
    Import-Module $env:MODULE
    $times = 1..71 | ForEach-Object {
      $read = Import-PlexBackupLog $env:LOG -TimeZone UTC -StateDirectory $env:STATE -ConfigurationPath $env:CONFIGURATION
      if ($read.BytesRead) { throw "It was read again." }
      $read.Duration.TotalMilliseconds
    } | Select-Object -Skip 20 | Sort-Object
    "{0:0.00} ms, at most {1:0.00} ms" -f $times[25], $times[-1]
  '
}

row() { printf '| %s | %s | %s | %s |\n' "$@"; }

measure_log() { # name, runs, most lines of files in a run
  local log=$work/$1.log runs round state figures
  runs=$(python3 bench/first-log.py --log "$log" --tracking "$work/$1-tracking.log" --runs "$2" --lines "$3")
  printf '\n### %s: %s runs, %s lines, %s MB\n\n' "$1" "$runs" "$(wc -l <"$log")" "$(($(stat -c %s "$log") / 1000000))"
  row what 'wall s' 'CPU s' 'most memory MB'
  row --- --- --- ---
  for ((round = 1; round <= rounds; round++)); do
    state=$work/state-$1-$round
    # shellcheck disable=SC2046 # three figures
    row "\`grep -aF -e '=== ' -e 'total size is' -e 'sent '\`" $(measured grep -aF -e '=== ' -e 'total size is' -e 'sent ' "$log")
    figures=$(import "$log" "$state")
    [[ $(field added) == "$runs" ]] || { echo "The import found $(field added) runs of $runs." >&2; exit 1; }
    # shellcheck disable=SC2086
    row 'import, the whole command' $figures
  done
  state=$work/state-$1-1
  figures=$(import "$log" "$state")
  [[ $(field bytesRead) == 0 ]]
  # shellcheck disable=SC2086
  row 'nothing new, the whole command' $figures
  {
    echo '=== Plex Backup Started: Sat Nov 21 03:00:01 UTC 2026 ==='
    echo 'sent 24,265,611 bytes  received 114,210,946 bytes  1,234.00 bytes/sec'
    echo '=== Plex Backup Completed Successfully: Sat Nov 21 03:13:23 UTC 2026 ==='
  } >>"$log"
  figures=$(import "$log" "$state")
  [[ $(field added) == 1 ]]
  # shellcheck disable=SC2086
  row 'one new run, the whole command' $figures
  printf '\nNothing new, in a process that goes on: %s.\n' "$(poll "$log" "$state")"
  rm -rf "$log" "$work"/state-"$1"-*
}

measure_log usual 5000 90
measure_log large 5000 1750
