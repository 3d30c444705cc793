# shellcheck shell=bash
# How one command is measured, and how figures become tables. Sourced by run.sh.
#
# A figure is one line of $RESULTS: what was done, by which tool, then wall, user and system seconds of the process and
# its children, the largest resident size of any one of them (KiB), that of the process itself (KiB), CPU seconds of the
# rsync daemon, and CPU seconds that the rest of the machine used meanwhile. They are parted by tabs.

ticks_per_second=$(getconf CLK_TCK)

# CPU ticks that the machine has spent on anything but waiting.
machine_ticks() {
  local user nice system idle iowait irq softirq steal
  read -r _ user nice system idle iowait irq softirq steal _ </proc/stat
  : "$idle" "$iowait"
  echo $((user + nice + system + irq + softirq + steal))
}

# CPU ticks of the daemon and of all its connections, for the ends of which it waits: a connection is still clearing up
# when the program that made it is gone.
daemon_ticks() {
  local line fields tries
  for ((tries = 0; tries < 100; tries++)); do
    [[ -n $(<"/proc/$DAEMON_PID/task/$DAEMON_PID/children") ]] || break
    read -rt 0.05 <>"$PAUSE" || true
  done
  line=$(<"/proc/$DAEMON_PID/stat")
  read -ra fields <<<"${line##*) }"
  echo $((fields[11] + fields[12] + fields[13] + fields[14]))
}

# Milliseconds that the disks have been at work, all together: what was removed is still being cleared away after a sync.
disk_time() { awk '{ busy += $13 } END { print busy }' /proc/diskstats; }

# Waits until the rest of the machine leaves nine tenths of it free for a second, and its disks too, but not for ever.
wait_for_quiet() {
  local tries before used disk limit=$(($(nproc) * ticks_per_second / 10))
  sync
  for ((tries = 0; tries < QUIET_PATIENCE; tries++)); do
    before=$(machine_ticks) disk=$(disk_time)
    sleep 1
    used=$(($(machine_ticks) - before)) disk=$(($(disk_time) - disk))
    ((used <= limit && disk <= 100)) && return
  done
  ((QUIET_PATIENCE == 0)) || echo "  (the machine is busy: $used of $(($(nproc) * ticks_per_second)) CPU ticks a second are others', its disks at work $disk ms)" >&2
}

# The largest resident size of a process so far, read until it ends; the kernel keeps the peak, so none is missed but
# what comes in its last moment.
watch_peak() { # process id of GNU time, file to write to
  local child='' peak=0 key value
  while [[ -d /proc/$1 ]]; do
    # The line has no end, which read calls a failure.
    read -r child 2>/dev/null <"/proc/$1/task/$1/children" || true
    [[ -z $child ]] || break
    read -rt 0.01 <>"$PAUSE" || true
  done
  # GNU time is still the program for an instant after its fork.
  while [[ -n ${child:-} && -d /proc/${child% } ]]; do
    while read -r key value _; do
      if [[ $key == VmHWM: ]]; then peak=$value; fi
    done 2>/dev/null <"/proc/${child% }/status" || break
    read -rt 0.05 <>"$PAUSE" || true
  done
  echo "$peak" >"$2"
}

measure() { # what, tool, command...
  local what=$1 tool=$2 busy daemon used own others
  shift 2
  wait_for_quiet
  busy=$(machine_ticks) daemon=$(daemon_ticks)
  /usr/bin/time -o "$WORK/time" -f '%e %U %S %M' "$@" >"$WORK/output" 2>&1 &
  local timed=$!
  watch_peak "$timed" "$WORK/peak"
  if ! wait "$timed"; then
    echo "$tool failed ($what):" >&2
    tail -n 20 "$WORK/output" >&2
    exit 1
  fi
  daemon=$(($(daemon_ticks) - daemon)) busy=$(($(machine_ticks) - busy))
  read -r used <"$WORK/time"
  own=$(<"$WORK/peak")
  others=$(awk -v used="$used" -v busy="$busy" -v daemon="$daemon" -v hz="$ticks_per_second" \
    'BEGIN { split(used, f, " "); o = (busy - daemon) / hz - f[2] - f[3]; printf "%.2f %.2f", daemon / hz, o < 0 ? 0 : o }')
  printf '%s\t%s\t%s\t%s\t%s\n' "$what" "$tool" "${used// /$'\t'}" "$own" "${others/ /$'\t'}" >>"$RESULTS"
  echo "  $what, $tool: ${used%% *} s" >&2
}

# Median, least and most of a column of the figures, after a factor.
summary() { # what, tool, column, factor, format of a number
  awk -F '\t' -v what="$1" -v tool="$2" -v column="$3" '$1 == what && $2 == tool { print $column }' "$RESULTS" | sort -n |
    awk -v factor="$4" -v format="$5" '
      { value[NR] = $1 * factor }
      END {
        if (NR == 0) { print "–"; exit }
        median = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
        printf format " (" format "–" format ")\n", median, value[1], value[NR]
      }'
}

# The median of the two added columns of CPU time.
summary_cpu() { # what, tool
  awk -F '\t' -v OFS='\t' '{ $4 += $5; print }' "$RESULTS" >"$WORK/with-cpu"
  RESULTS=$WORK/with-cpu summary "$1" "$2" 4 1 %.2f
}

# The median of wall time as a multiple of another's, of the same round each: the rounds may differ, tools must not gain by it.
ratio() { # what, tool, the other (rsync)
  awk -F '\t' -v what="$1" -v tool="$2" -v other="${3:-rsync}" '
    $1 == what && $2 == other { base[++rounds] = $3 }
    $1 == what && $2 == tool { value[++others] = $3 }
    END { for (i = 1; i <= rounds && i <= others; i++) print value[i] / base[i] }' "$RESULTS" | sort -n |
    awk '{ v[NR] = $1 } END { if (NR) printf "%.2f\n", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
