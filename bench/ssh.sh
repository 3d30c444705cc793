#!/usr/bin/env bash
# What one ssh connection for a run saves: a backup with nothing changed and a snapshot, to an sshd on 127.0.0.1, by turns
# over one connection and with a login for each command. For that a temporary folder is given whose path is too long for a
# socket in it. Another replexon to compare with may be given, such as an older one.
#
# bench/ssh.sh [rounds] [replexon]
set -euo pipefail
rounds=${1:-5}
other=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
REPLEXON=$here/../out/cli/replexon
WORK=$(mktemp -d)
STATES=$WORK/states
SSH_PORT=
SSHD_PID=
trap '[[ -z $SSHD_PID ]] || kill "$SSHD_PID"; rm -rf "$WORK"' EXIT
# shellcheck source=bench/tools.sh
source "$here/tools.sh"
# shellcheck source=bench/snapshots.sh
source "$here/snapshots.sh"

TREE=$WORK/tree
LONG=$WORK/$(printf 'x%.0s' {1..60})
mkdir -p "$WORK/place/target" "$LONG"
"$REPLEXON" demo sample "$TREE" --files 1000 >/dev/null
start_sshd
write_configuration "$WORK/place" "ssh://$(id -un)@127.0.0.1:$SSH_PORT$WORK/place/target"
export REPLEXON_CONFIG=$WORK/place/replexon.json

one_round() { # name, temporary folder, replexon
  local work before started
  for work in backup snapshot; do
    before=$(grep -c '^Accepted publickey' "$WORK/ssh/log")
    started=$EPOCHREALTIME
    case $work in
      backup) TMPDIR=$2 "$3" backup >/dev/null ;;
      snapshot) TMPDIR=$2 "$3" snapshot create >/dev/null ;;
    esac
    printf '%s\t%s\t%s\t%s\n' "$work" "$1" "$(awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }')" \
      "$(($(grep -c '^Accepted publickey' "$WORK/ssh/log") - before))" | tee -a "$WORK/figures" >&2
  done
  rm -rf "$WORK"/place/target/plex-snapshots/*
}

TMPDIR=/tmp "$REPLEXON" backup --full >/dev/null
TMPDIR=/tmp "$REPLEXON" backup >/dev/null
for ((i = 0; i < rounds; i++)); do
  one_round 'one connection' /tmp "$REPLEXON"
  one_round 'a login for each' "$LONG" "$REPLEXON"
  [[ -z $other ]] || one_round "$other" /tmp "$other"
done
echo '| | | wall s | logins |'
echo '|---|---|---|---|'
sort -k 1,2 -t $'\t' "$WORK/figures" | awk -F '\t' '
  function show() { if (n) { printf "| %s | %s | %.2f (%.2f–%.2f) | %d |\n", work, name, v[int((n + 1) / 2)], v[1], v[n], logins } n = 0 }
  function put(x,  i) { for (i = ++n; i > 1 && v[i - 1] > x; i--) v[i] = v[i - 1]; v[i] = x }
  { if ($1 != work || $2 != name) show(); work = $1; name = $2; put($3 + 0); logins = $4 }
  END { show() }'
