# shellcheck shell=bash
# shellcheck disable=SC2034 # The sourced parts share the names in capitals.
# What a snapshot costs, beside the plain command that makes one at the same place. Sourced by run.sh.

# The run's own time, as the history has it: the backup that comes before it is measured elsewhere.
snapshot_by_replexon() { # folder of the place, what
  "$REPLEXON" snapshot create --config "$1/replexon.json" --json >"$WORK/output" 2>&1 || bad replexon "no snapshot: $(tail -n 3 "$WORK/output")"
  local seconds
  seconds=$("$REPLEXON" history --config "$1/replexon.json" --kind Snapshot --last 1 --json |
    python3 -c 'import datetime, json, sys
run = json.load(sys.stdin)[0]
assert run["status"] == "Succeeded", run
moment = datetime.datetime.fromisoformat
print((moment(run["endedAt"]) - moment(run["startedAt"])).total_seconds())')
  note_snapshot "$2" replexon "$seconds"
}

# The plain command that makes a snapshot of the mirror.
snapshot_by_command() { # what, tool, command...
  local what=$1 tool=$2 before=$EPOCHREALTIME
  shift 2
  "$@" >"$WORK/output" 2>&1 || bad "$tool" "no snapshot: $(tail -n 3 "$WORK/output")"
  note_snapshot "$what" "$tool" "$(awk -v from="$before" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.3f", to - from }')"
}

note_snapshot() { # what, tool, seconds
  printf '%s\t%s\t%s\t0\t0\t0\t0\t0\t0\n' "$1" "$2" "$3" >>"$RESULTS"
  echo "  $1, $2: $3 s" >&2
}

used_bytes() { du -s --block-size=1 "$1" | cut -f 1; }

# Rounds in turn; in each one the mirror is the same, and every entry of the snapshots is proven to be a link to it.
snapshot_rounds() { # what, place, plain tool, command...
  local what=$1 place=$2 tool=$3 i before
  shift 3
  "$REPLEXON" backup --no-snapshot --config "$place/replexon.json" >"$WORK/output"
  before=$(used_bytes "$place/target")
  for ((i = 1; i <= SNAPSHOTS; i++)); do
    if ((i % 2)); then
      snapshot_by_replexon "$place" "$what"
      snapshot_by_command "$what" "$tool" "${@//ROUND/$i}"
    else
      snapshot_by_command "$what" "$tool" "${@//ROUND/$i}"
      snapshot_by_replexon "$place" "$what"
    fi
    ((i > 1)) || SNAPSHOT_COST=$(snapshot_cost "$place" "$before")
    all_linked "$place"
    rm -rf "$place"/target/plex-snapshots/*
  done
  printf '%s\tcost\t%s\n' "$what" "$SNAPSHOT_COST" >>"$WORK/snapshot-costs"
}

# What one snapshot adds to the disk, as a share of the mirror: half of what two of them add.
snapshot_cost() { # place, bytes before
  awk -v before="$2" -v now="$(used_bytes "$1/target")" 'BEGIN { printf "%.2f", 100 * (now - before) / 2 / before }'
}

all_linked() { # place
  local alone
  alone=$(find "$1/target/plex-snapshots" -name .replexon -prune -o -type f -links 1 -printf x | wc -c)
  ((alone == 0)) || bad "${1##*/}" "$alone files of a snapshot are copies"
}

measure_snapshots() {
  local place target
  make_tree "$FILES" 10000
  for place in local ssh daemon; do
    echo "Snapshots, $place" >&2
    target=$WORK/places/$place/target
    mkdir -p "$target"
    case $place in
      local) write_configuration "$WORK/places/$place" "$target" ;;
      ssh) start_sshd; write_configuration "$WORK/places/$place" "ssh://$(id -un)@127.0.0.1:$SSH_PORT$target" ;;
      daemon) write_configuration "$WORK/places/$place" "rsync://127.0.0.1:$DAEMON_PORT/bench/daemon/target" ;;
    esac
    case $place in
      local) snapshot_rounds snapshot-local "${target%/target}" 'cp -al' cp -al "$target/plex-current" "$target/plex-snapshots/plain-ROUND" ;;
      ssh) snapshot_rounds snapshot-ssh "${target%/target}" 'cp -al' "${SSH[@]}" cp -al "$target/plex-current" "$target/plex-snapshots/plain-ROUND" ;;
      daemon)
        snapshot_rounds snapshot-daemon "${target%/target}" 'rsync --link-dest' \
          rsync -a "--link-dest=../../plex-current" "--exclude=/$DATABASES/*.db" "$TREE/" "rsync://127.0.0.1:$DAEMON_PORT/bench/daemon/target/plex-snapshots/plain-ROUND/"
        ;;
    esac
    rm -rf "$WORK/places/$place" "${STATES:?}/$place"
  done
  rm -rf "$TREE"
}

start_sshd() {
  SSH_PORT=$(free_port)
  mkdir -p "$WORK/ssh" /run/sshd
  ssh-keygen -q -t ed25519 -N '' -f "$WORK/ssh/host"
  ssh-keygen -q -t ed25519 -N '' -f "$WORK/ssh/key"
  cp "$WORK/ssh/key.pub" "$WORK/ssh/authorized"
  echo "[127.0.0.1]:$SSH_PORT $(cut -d ' ' -f 1,2 "$WORK/ssh/host.pub")" >"$WORK/ssh/known_hosts"
  cat >"$WORK/ssh/config" <<END
Port $SSH_PORT
ListenAddress 127.0.0.1
HostKey $WORK/ssh/host
StrictModes no
UsePAM no
PidFile none
AuthorizedKeysFile $WORK/ssh/authorized
PasswordAuthentication no
END
  /usr/sbin/sshd -D -e -f "$WORK/ssh/config" 2>"$WORK/ssh/log" &
  SSHD_PID=$!
  SSH=(ssh -n -p "$SSH_PORT" -i "$WORK/ssh/key" -o BatchMode=yes -o IdentitiesOnly=yes -o "UserKnownHostsFile=$WORK/ssh/known_hosts" "$(id -un)@127.0.0.1")
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    "${SSH[@]}" true 2>/dev/null && return
    sleep 0.1
  done
  echo "The ssh server did not start." >&2
  exit 1
}
