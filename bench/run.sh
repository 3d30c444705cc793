#!/usr/bin/env bash
# Measures `replexon backup` beside rsync, restic and borg on one made-up Plex data directory, and writes RESULTS.md.
#
#   bench/run.sh [--files N] [--first N] [--repeat N] [--snapshots N] [--memory-files N] [--patience SECONDS]
#                [--tools "replexon rsync restic borg"] [--work FOLDER] [--out FILE]
#
# Build first: dotnet build -c Release. Needs the tools, sshd, python3 and GNU time; with pwsh, the module's loading is
# measured too. It installs nothing, listens on 127.0.0.1 alone, and removes its files. About 15 GB of room and an hour.
# shellcheck disable=SC2034 # The sourced parts share the names in capitals.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)

FILES=100000 FIRST=3 REPEAT=5 SNAPSHOTS=5 MEMORY_FILES=1000000 ROWS=20000 QUIET_PATIENCE=60
TOOLS=(replexon rsync restic borg)
parent=${TMPDIR:-/tmp} out=$here/RESULTS.md
ARGUMENTS="$*"
while (($#)); do
  case $1 in
    --files) FILES=$2 ;;
    --first) FIRST=$2 ;;
    --repeat) REPEAT=$2 ;;
    --snapshots) SNAPSHOTS=$2 ;;
    --memory-files) MEMORY_FILES=$2 ;;
    --patience) QUIET_PATIENCE=$2 ;;
    --tools) read -ra TOOLS <<<"$2" ;;
    --work) parent=$2 ;;
    --out) out=$2 ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

REPLEXON=$here/../out/cli/replexon
missing=()
for program in rsync "${TOOLS[@]/#replexon/rsync}" /usr/sbin/sshd python3 /usr/bin/time setsid shuf cmp; do
  command -v "$program" >/dev/null || missing+=("$program")
done
[[ -x $REPLEXON ]] || missing+=("out/cli/replexon (dotnet build -c Release)")
if ((${#missing[@]})); then
  printf 'Missing: %s\n' "${missing[@]}" >&2
  exit 2
fi

WORK=$(mktemp -d "$parent/replexon-bench.XXXXXX")
RESULTS=$WORK/results.tsv
# On another file system than the target, as a server's disk and a NAS are. On one that both share, an fsync of the history
# waits until all that was just sent is written back.
STATES=$(mktemp -d "$([[ -w /dev/shm ]] && echo /dev/shm || echo "$parent")/replexon-states.XXXXXX")
TREE="$WORK/Plex Media Server"
DATABASES="Plug-in Support/Databases"
DAEMON_PID='' SSHD_PID='' SSH_PORT=''
clean_up() {
  [[ -z $DAEMON_PID ]] || kill "$DAEMON_PID" 2>/dev/null || true
  [[ -z $SSHD_PID ]] || kill "$SSHD_PID" 2>/dev/null || true
  rm -rf "$WORK" "$STATES"
}
trap clean_up EXIT
# A reader of it waits without starting a program, for nothing ever comes.
PAUSE=$WORK/pause
mkfifo "$PAUSE"
mkdir "$WORK/places"
: >"$RESULTS"

# shellcheck source=/dev/null
. "$here/measure.sh"
# shellcheck source=/dev/null
. "$here/tools.sh"
# shellcheck source=/dev/null
. "$here/snapshots.sh"
# shellcheck source=/dev/null
. "$here/report.sh"

make_tree() { # files, average size
  echo "Making a tree of $1 files" >&2
  "$REPLEXON" demo sample "$TREE" --files "$1" --average-bytes "$2" --rows "$ROWS"
  # What RePlexOn leaves out by default, so that all tools copy the same.
  (cd "$TREE" && rm -rf .LocalAdminToken plexmediaserver.pid Cache Codecs "Crash Reports" Diagnostics Drivers Logs \
    Updates "Plug-in Support/Caches" "$DATABASES/dbtmp")
  warm_up
}

warm_up() { find "$TREE" -type f -exec cat {} + >/dev/null; }

# A day's use: files changed, and some commits in the database.
change_tree() { # seed
  "$REPLEXON" demo change "$TREE" --share 0.01 --seed "$1" >/dev/null
  timeout --preserve-status -s TERM 1 "$REPLEXON" demo write "$TREE" >/dev/null
  # Files that changed a moment before a scan may change again unseen; RePlexOn compares their content. Not so a day later.
  sleep 3
}

# Every tool in turn, each round another one first.
round() { # what, number of the round
  local i tool
  note_tree "$1$2"
  for ((i = 0; i < ${#TOOLS[@]}; i++)); do
    tool=${TOOLS[(i + $2) % ${#TOOLS[@]}]}
    warm_up
    "${tool}_backup" "$WORK/places/$tool" "$1"
    "${tool}_verify" "$WORK/places/$tool"
  done
}

compare_tools() {
  local i tool
  make_tree "$FILES" 10000
  TREE_BYTES=$(du -sb --apparent-size "$TREE" | cut -f 1)
  TREE_ENTRIES=$(tree_count)
  for ((i = 1; i <= FIRST; i++)); do
    echo "First backup, round $i of $FIRST" >&2
    rm -rf "$WORK"/places/* "${STATES:?}"/*
    for tool in "${TOOLS[@]}"; do "${tool}_new" "$WORK/places/$tool" >"$WORK/output" 2>&1; done
    round first "$i"
  done
  for ((i = 1; i <= REPEAT; i++)); do
    echo "Nothing and 1 % changed, round $i of $REPEAT" >&2
    round nothing "$i"
    change_tree "$i"
    round changed "$i"
  done
  rm -rf "$TREE" "$WORK"/places/* "${STATES:?}"/*
}

measure_memory() {
  local place=$WORK/places/replexon
  make_tree "$MEMORY_FILES" 100
  MEMORY_ENTRIES=$(tree_count)
  replexon_new "$place"
  note_tree memory
  replexon_backup "$place" memory-first
  replexon_verify "$place"
  replexon_backup "$place" memory-nothing
  rm -rf "$TREE" "$place"
}

module_can_load() { command -v pwsh >/dev/null && [[ -f $here/../out/RePlexOn/RePlexOn.psd1 ]]; }

measure_start_up() {
  local i
  for ((i = 0; i < 20; i++)); do
    measure start-up replexon "$REPLEXON" --help
    module_can_load || continue
    measure start-up pwsh pwsh -NoProfile -NonInteractive -Command exit
    measure start-up pwsh-module pwsh -NoProfile -NonInteractive -Command "Import-Module '$here/../out/RePlexOn'"
  done
}

start_daemon
compare_tools
((SNAPSHOTS == 0)) || measure_snapshots
((MEMORY_FILES == 0)) || measure_memory
measure_start_up
report >"$WORK/report.md"
cp "$WORK/report.md" "$out"
cat "$WORK/report.md"
