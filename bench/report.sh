# shellcheck shell=bash
# Writes RESULTS.md from the figures. Sourced by run.sh.

report() {
  cat <<END
# Measured
Written by \`bench/run.sh${ARGUMENTS:+ $ARGUMENTS}\` on $(date -u +%Y-%m-%d), replexon $("$REPLEXON" --version | head -n 1).

Machine: $(nproc) cores ($(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)), $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo) of memory, $(stat -f -c %T "$WORK"), Linux $(uname -r | cut -d. -f 1,2). rsync $(rsync --version | sed -n '1s/^rsync *version \([^ ]*\).*/\1/p')$(versions). Other processes took a median of $(others) of its CPU while something was measured.

The tree: a made-up Plex data directory of $FILES files of artwork and metadata, $((TREE_BYTES / 1000000)) MB, $TREE_ENTRIES entries with its folders, databases included. It was read once before, so it came from memory. Tools took turns, each round in another order, and after each run the copy was compared with the tree: for replexon and rsync every entry's type, mode, owner, size and time, and 200 files byte by byte; for restic and borg the number of entries, and 20 files restored. A run that does not pass this ends the measurement.

Each figure is the median, and in brackets the least and the most. *Times rsync* is the median of the rounds' ratios of wall time.

END
  table first "First backup ($FIRST rounds)"
  table nothing "Nothing changed ($REPEAT rounds)"
  table changed "1 % of the files and the database changed ($REPEAT rounds)"
  cat <<END
What to know when reading this:
- rsync is \`rsync -a --delete\`, what the first system runs, to the same daemon on 127.0.0.1 that replexon sends to. It copies live databases as plain files; replexon captures them through SQLite, checks the copies table by table, and does all that a run does: lock, history, index, manifest.
- *CPU* is user and system time of the program and its children; *daemon* is what the rsync daemon used on the other side. restic (encrypted) and borg (encrypted, lz4) work in one process on a local repository: they deduplicate, encrypt and keep every version, and the copy cannot be used without them. They do more, and have no other side.
- *Largest process* is the most memory that any one process of the run held. For replexon its own is also given; the rest is rsync's.
- The state of replexon lies in memory (/dev/shm) where that can be written, as a server's disk is not the NAS's: where both share one ext4 disk, the fsync of the history's last row waits until all that was just sent is written back, for which rsync never waits.
- Nothing changed: restic and borg trust their caches and never look at the repository's files again. rsync compares every entry with the mirror's. replexon compares the source with its index, and a sample with the mirror; a full pass, which costs what rsync costs, follows every week.

END
  snapshot_table
  memory_table
  start_up_table
}

versions() {
  local tool
  for tool in "${TOOLS[@]}"; do
    case $tool in
      restic) printf ', %s' "$(restic version | cut -d ' ' -f 1,2)" ;;
      borg) printf ', %s' "$(borg --version)" ;;
    esac
  done
}

others() {
  awk -F '\t' -v cores="$(nproc)" '{ printf "%.1f\n", 100 * $9 / ($3 * cores) }' "$RESULTS" | sort -n |
    awk '{ v[NR] = $1 } END { printf "%s %% (at most %s %%)", v[int((NR + 1) / 2)], v[NR] }'
}

table() { # what, title
  local tool own
  printf '## %s\n\n| | wall s | times rsync | CPU s | daemon s | largest process MB | its own MB |\n|---|---|---|---|---|---|---|\n' "$2"
  for tool in "${TOOLS[@]}"; do
    own=
    [[ $tool == replexon ]] && own=$(summary "$1" "$tool" 7 0.001024 %.0f)
    printf '| %s | %s | %s | %s | %s | %s | %s |\n' "$tool" "$(summary "$1" "$tool" 3 1 %.2f)" "$(ratio "$1" "$tool")" \
      "$(summary_cpu "$1" "$tool")" "$(summary "$1" "$tool" 8 1 %.2f)" "$(summary "$1" "$tool" 6 0.001024 %.0f)" "$own"
  done
  echo
}

snapshot_table() {
  ((SNAPSHOTS > 0)) || return 0
  cat <<END
## A snapshot of an unchanged mirror of $FILES files ($SNAPSHOTS rounds)

| where | the plain command | its s | replexon s | times the command | one snapshot adds to the disk |
|---|---|---|---|---|---|
$(snapshot_row local 'cp -al')
$(snapshot_row ssh 'cp -al')
$(snapshot_row daemon 'rsync --link-dest')

replexon's time is that of its snapshot run, from its row in the history: manifest included, the backup before it not.

END
}

snapshot_row() { # where, plain tool
  # shellcheck disable=SC2016 # These are Markdown's.
  printf '| %s | \`%s\` | %s | %s | %s | %s %% |\n' "$1" "$2" "$(summary "snapshot-$1" "$2" 3 1 %.2f)" \
    "$(summary "snapshot-$1" replexon 3 1 %.2f)" "$(ratio "snapshot-$1" replexon "$2")" \
    "$(awk -F '\t' -v what="snapshot-$1" '$1 == what { print $3 }' "$WORK/snapshot-costs")"
}

memory_table() {
  ((MEMORY_FILES > 0)) || return 0
  cat <<END
## Memory as the library grows

| files | entries | first backup: own MB | wall s | nothing changed: own MB | wall s |
|---|---|---|---|---|---|
$(memory_row "$FILES" "$TREE_ENTRIES" first nothing)
$(memory_row "$MEMORY_FILES" "$MEMORY_ENTRIES" memory-first memory-nothing)

END
}

memory_row() { # files, entries, first, nothing
  printf '| %s | %s | %s | %s | %s | %s |\n' "$1" "$2" "$(summary "$3" replexon 7 0.001024 %.0f)" \
    "$(summary "$3" replexon 3 1 %.1f)" "$(summary "$4" replexon 7 0.001024 %.0f)" "$(summary "$4" replexon 3 1 %.1f)"
}

start_up_table() {
  cat <<END
## Start-up (20 times each)

| | wall ms |
|---|---|
| \`replexon --help\` | $(summary start-up replexon 3 1000 %.0f) |
END
  module_can_load || return 0
  cat <<END
| pwsh alone | $(summary start-up pwsh 3 1000 %.0f) |
| pwsh and Import-Module RePlexOn | $(summary start-up pwsh-module 3 1000 %.0f) |
END
}
