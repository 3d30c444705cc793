# shellcheck shell=bash
# shellcheck disable=SC2034 # The sourced parts share the names in capitals.
# The four tools: how each is given a fresh repository, makes a backup, and proves it. Sourced by run.sh.
# A place is a folder of one tool; all that a first backup starts from is in it.

start_daemon() {
  mkdir "$WORK/daemon"
  DAEMON_PORT=$(free_port)
  cat >"$WORK/daemon/rsyncd.conf" <<END
port = $DAEMON_PORT
address = 127.0.0.1
use chroot = no
munge symlinks = no
uid = $(id -u)
gid = $(id -g)
pid file = $WORK/daemon/pid
lock file = $WORK/daemon/lock
log file = $WORK/daemon/log
[bench]
path = $WORK/places
read only = no
END
  rsync --daemon --no-detach --config="$WORK/daemon/rsyncd.conf" &
  DAEMON_PID=$!
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    [[ -s $WORK/daemon/pid ]] && return
    sleep 0.1
  done
  echo "The rsync daemon did not start." >&2
  exit 1
}

free_port() {
  local port
  for ((port = 20000 + RANDOM % 10000; ; port++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

write_configuration() { # place, target
  local ssh=
  [[ -z $SSH_PORT ]] || ssh=", \"ssh\": { \"identityFile\": \"$WORK/ssh/key\", \"knownHostsFile\": \"$WORK/ssh/known_hosts\" }"
  cat >"$1/replexon.json" <<END
{ "source": "$TREE", "target": "$2", "stateDirectory": "$STATES/${1##*/}", "stagingDirectory": "$STATES/${1##*/}/staging", "snapshots": { "on": "Never" }$ssh }
END
}

replexon_new() {
  mkdir -p "$1/target"
  write_configuration "$1" "rsync://127.0.0.1:$DAEMON_PORT/bench/${1##*/}/target"
}
replexon_backup() { measure "$2" replexon "$REPLEXON" backup --config "$1/replexon.json"; }
replexon_verify() {
  same_entries "$1/target/plex-current"
  same_content "$1/target/plex-current"
  "$REPLEXON" demo prove "$1/target/plex-current/$DATABASES/com.plexapp.plugins.library.db" >"$WORK/output" ||
    bad replexon "the database in the mirror is not whole"
}

rsync_new() { mkdir -p "$1/target"; }
rsync_backup() {
  measure "$2" rsync rsync -a --delete "$TREE/" "rsync://127.0.0.1:$DAEMON_PORT/bench/${1##*/}/target/plex-current/"
}
rsync_verify() {
  same_entries "$1/target/plex-current"
  same_content "$1/target/plex-current"
}

restic_new() {
  mkdir -p "$1"
  # With a cache of its own, as an installation has it.
  RESTIC_CACHE_DIR=$1/cache RESTIC_PASSWORD=bench restic init -q --repo "$1/repository"
}
restic_backup() {
  measure "$2" restic env RESTIC_CACHE_DIR="$1/cache" RESTIC_PASSWORD=bench \
    restic backup -q --repo "$1/repository" "$TREE"
}
restic_verify() {
  export RESTIC_CACHE_DIR=$1/cache RESTIC_PASSWORD=bench
  local count includes=() path
  count=$(restic ls -q --repo "$1/repository" latest "$TREE" --recursive | grep -cF "$TREE/")
  [[ $count == $(($(tree_count) - 1)) ]] || bad restic "$count entries in place of $(($(tree_count) - 1))"
  while read -r path; do includes+=(--include "$TREE/$path"); done < <(head -n 20 "$WORK/sample")
  restic restore -q --repo "$1/repository" latest --target "$WORK/restored" "${includes[@]}"
  same_content "$WORK/restored$TREE" 20
  rm -rf "$WORK/restored"
}

borg_new() {
  mkdir -p "$1"
  BORG_BASE_DIR=$1/base BORG_PASSPHRASE=bench borg init --encryption repokey-blake2 "$1/repository"
}
borg_backup() {
  measure "$2" borg env BORG_BASE_DIR="$1/base" BORG_PASSPHRASE=bench \
    borg create --compression lz4 "$1/repository::{now:%Y%m%d-%H%M%S.%f}" "$TREE"
}
borg_verify() {
  export BORG_BASE_DIR=$1/base BORG_PASSPHRASE=bench
  local archive count paths=()
  archive=$(borg list --last 1 --short "$1/repository")
  count=$(borg list --format '{path}{NUL}' "$1/repository::$archive" | tr -dc '\0' | wc -c)
  [[ $count == "$(tree_count)" ]] || bad borg "$count entries in place of $(tree_count)"
  while read -r path; do paths+=("${TREE#/}/$path"); done < <(head -n 20 "$WORK/sample")
  mkdir "$WORK/restored"
  (cd "$WORK/restored" && borg extract "$1/repository::$archive" "${paths[@]}")
  same_content "$WORK/restored$TREE" 20
  rm -rf "$WORK/restored"
}

bad() { # tool, what is wrong
  echo "The backup of $1 is not what it should be: $2." >&2
  exit 1
}

tree_count() { find "$TREE" -printf x | wc -c; }

# Writes down what the tree holds, for the proofs of a round: every entry, and the names of some files (none that restic
# would read as a pattern).
note_tree() {
  entries_of "$TREE" >"$WORK/entries"
  (cd "$TREE" && find Metadata Media -type f -not -name $'*[]\\[*?\n]*' -print0 | LC_ALL=C sort -z |
    shuf -z -n 200 --random-source=<(yes "$1") | tr '\0' '\n') >"$WORK/sample"
}

# Every entry with type, mode, owner, size and time (to the second: what rsync's protocol is sure to carry); not what
# RePlexOn adds, and not the databases, of which it stores a checked copy of one moment. Odd names come escaped.
entries_of() {
  find "$1" -path "$1/.replexon" -prune -o -path "$1/$DATABASES/*.db" -prune -o \
    \( -type d -printf '%y %m %U %G - %Ts %P\0' \) -o -printf '%y %m %U %G %s %Ts %l %P\0' |
    tr '\n\0' '\001\n' | LC_ALL=C sort
}

same_entries() { # folder
  entries_of "$1" | cmp -s - "$WORK/entries" ||
    bad "${1#"$WORK"/places/}" "$(entries_of "$1" | diff - "$WORK/entries" | grep -c '^[<>]') entries differ"
}

same_content() { # folder [how many]
  local path
  while read -r path; do
    cmp -s "$TREE/$path" "$1/$path" || bad "${1#"$WORK"/}" "$path has another content"
  done < <(head -n "${2:-200}" "$WORK/sample")
}
