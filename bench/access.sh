#!/usr/bin/env bash
# Measures how fast the server's log is read for who comes to it, on one core, against fail2ban-regex over the same file.
#
#   bench/access.sh [megabytes]
#
# Prints a table for RESULTS.md. Every line of the log is a request or an answer: real logs hold one in eight.
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-100}
replexon=$PWD/out/cli/replexon
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
log="$work/Plex Media Server.log"

python3 - "$megabytes" "$log" <<'END'
import datetime, random, sys
random.seed(1)
moment, size, number = datetime.datetime(2026, 2, 6), 0, 0
paths = [
    "/library/metadata/{n}?includeExternalMedia=1&skipRefresh=1", "/hubs", "/:/timeline?state=playing&time={n}",
    "/photo/:/transcode?width=480&height=719&url=%2Flibrary%2Fmetadata%2F{n}%2Fthumb%2F1770399689%3FX-Plex-Token%3Dabcdefghij1234567890",
]
with open(sys.argv[2], "w") as out:
    while size < int(sys.argv[1]) * 1_000_000:
        number += 1
        moment += datetime.timedelta(milliseconds=random.randrange(1, 80))
        head = moment.strftime("%b %d, %Y %H:%M:%S.") + f"{moment.microsecond // 1000:03d} [136529439558456] DEBUG - "
        peer = f"{random.choice(['198.51.100', '192.168.1'])}.{random.randrange(1, 250)}:{random.randrange(1024, 65000)}"
        what, user, status = "GET " + random.choice(paths).format(n=number), f"user{number % 7}", 200
        if number % 20 == 0:
            peer, what, user, status = f"203.0.113.{number % 200}:4711", "GET /library/sections", "", 401
        text = f"{head}Request: [{peer} (WAN)] {what} (4 live) #{number:x} TLS GZIP Signed-in Token ({user})\n"
        text += f"{head}Completed: [{peer}] {status} {what} (4 live) #{number:x} TLS GZIP 12ms 436 bytes (pipelined: 1)\n"
        out.write(text)
        size += len(text)
END

mkdir -p "$work/fail2ban"/{jail.d,filter.d,action.d}
printf '{ "stateDirectory": "%s/state" }' "$work" >"$work/replexon.json"
export REPLEXON_CONFIG=$work/replexon.json
"$replexon" fail2ban install --fail2ban-folder "$work/fail2ban" --log "$log" >/dev/null

seconds() { # command...: user and system time, the least of three
  local round
  for round in 1 2 3; do
    : "$round"
    taskset -c 0 /usr/bin/time -o "$work/time" -f '%U %S' "$@" >"$work/output" 2>&1
    awk '{ print $1 + $2 }' "$work/time"
  done | sort -n | head -n 1
}

bytes=$(stat -c %s "$log")
row() { # name, seconds
  awk -v name="$1" -v s="$2" -v b="$bytes" 'BEGIN { printf "| %s | %.2f | %.1f |\n", name, s, b / 1e6 / s }'
}

head -c 5000000 "$log" | sed '$d' >"$work/part.log"
echo "| over $((bytes / 1000000)) MB, $(wc -l <"$log") lines, all of them requests and answers | CPU s | MB/s |"
echo "|---|---|---|"
row "replexon access suspicious" "$(seconds "$replexon" access suspicious --log "$log")"
row "replexon access watch --once (kept in the history)" "$(rm -rf "$work/state"; taskset -c 0 /usr/bin/time -o "$work/time" -f '%U %S' "$replexon" access watch --once --log "$log" >/dev/null && awk '{ print $1 + $2 }' "$work/time")"
part=$(seconds fail2ban-regex "$work/part.log" "$work/fail2ban/filter.d/replexon-plex.conf")
bytes=$(stat -c %s "$work/part.log")
row "fail2ban-regex with the jail's filter (over 5 MB of it)" "$part"
