#!/usr/bin/env bash
# Installs RePlexOn: the command line, the PowerShell module where PowerShell 7.6 is, and a first set-up.
#
#   sudo scripts/install.sh                       for the whole machine, in /opt/replexon; then it asks
#   scripts/install.sh                            for this user, in ~/.local
#   sudo scripts/install.sh --unattended rsync://backupuser@192.168.1.100/plex-backups --schedule mirror
#   sudo scripts/install.sh --uninstall           takes programs and schedules away
#   sudo scripts/install.sh --uninstall --purge   configuration, secret and history too; the backup on the NAS stays
#
# --prefix FOLDER   where to install in place of /opt/replexon or ~/.local
# --from PLACE      a folder with the built files (cli and RePlexOn), or a .tar.gz of scripts/package.sh, which must be as the
#                   .sha256 beside it says, if there is one; in place of the files beside this script, or of a build of
#                   this clone, which needs the .NET 10 SDK
# --no-init         only install
# --unattended      ask nothing
# All else is given to `replexon init`. Run again, it brings the programs up to date and keeps what is set.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
is_root=$((EUID == 0))
if ((is_root)); then
  prefix=/opt/replexon command_folder=/usr/local/bin modules=/usr/local/share/powershell/Modules
else
  prefix=$HOME/.local command_folder=$HOME/.local/bin modules=$HOME/.local/share/powershell/Modules
fi

from='' init=1 uninstall=0 purge=0 init_arguments=() scratch='' made=()

fail() { # what happened, what to do
  printf 'install.sh: %s\nWhat to do: %s\n' "$1" "$2" >&2
  exit 1
}

usage() {
  sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"
}

while (($#)); do
  case $1 in
    --prefix | --from)
      (($# > 1)) || fail "$1 names nothing." "Give a path after it."
      if [[ $1 == --prefix ]]; then prefix=$(realpath -m -- "$2"); else from=$(realpath -m -- "$2"); fi
      shift
      ;;
    --uninstall) uninstall=1 ;;
    --purge) purge=1 ;;
    --no-init) init=0 ;;
    --help | -h) usage; exit 0 ;;
    *) init_arguments+=("$1") ;;
  esac
  shift
done

library=$prefix/lib/replexon
program=$library/cli/replexon
link=$command_folder/replexon
module_link=$modules/RePlexOn
# The folders that were made for these, so that uninstalling takes those away, and no others.
ledger=$library/folders

# Leaves nothing half done: what was there before comes back.
clean_up() {
  local status=$?
  if [[ -n ${staged:-} && -e $staged ]]; then rm -rf -- "$staged"; fi
  if [[ -n ${aside:-} && -e $aside && ! -e $library ]]; then mv -T -- "$aside" "$library"; fi
  rm -rf -- "$scratch"
  if ((status != 0)); then
    local index
    for ((index = ${#made[@]} - 1; index >= 0; index--)); do rmdir -- "${made[index]}" 2>/dev/null || true; done
  fi
}

make_folder() { # makes it and those above it, and notes which were missing
  local folder=$1 missing=()
  while [[ ! -d $folder ]]; do
    missing=("$folder" "${missing[@]}")
    folder=$(dirname "$folder")
  done
  for folder in "${missing[@]}"; do
    mkdir -m 755 -- "$folder" || fail "$folder could not be made." "Run this with sudo, or name a folder of yours with --prefix."
    made+=("$folder")
  done
}

# Finds the built files; sets $built.
find_files() {
  if [[ -n $from ]]; then
    [[ -e $from ]] || fail "There is no $from." "Name the folder or the archive of a release."
    if [[ -f $from ]]; then
      if [[ -f $from.sha256 && $(sha256sum <"$from" | cut -d ' ' -f 1) != "$(cut -d ' ' -f 1 <"$from.sha256")" ]]; then
        fail "$from is not the archive that $from.sha256 was made for." "Fetch both again: one may have been cut short, or be of another version."
      fi
      mkdir -- "$scratch/release"
      tar -xzf "$from" -C "$scratch/release" || fail "$from could not be unpacked." "Fetch it again: it may have been cut short."
      from=$scratch/release
    fi
    built=$(find "$from" -maxdepth 3 -path '*/cli/replexon' -type f -printf '%h\n' -quit)
    [[ -n $built ]] || fail "$from holds no cli/replexon." "Name the folder or the archive of a release."
    built=$(dirname "$built")
  elif [[ -x $here/cli/replexon ]]; then
    built=$here
  elif [[ -x $here/../cli/replexon ]]; then
    built=$(cd "$here/.." && pwd)
  elif [[ -f $here/../RePlexOn.slnx ]]; then
    build_clone
  else
    fail "There are no built files beside this script." "Name a release with --from, or run it in a clone."
  fi
}

build_clone() {
  local root
  root=$(cd "$here/.." && pwd)
  built=$root/out
  if command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^1[0-9]\.'; then
    echo "Building (up to a minute the first time)"
    local project
    for project in Cli Cmdlets; do
      dotnet build "$root/src/RePlexOn.$project" --nologo -v quiet '-clp:ErrorsOnly;NoSummary' \
        || fail "The build failed." "See what it said above; the .NET SDK must be version 10."
    done
  elif [[ ! -x $built/cli/replexon ]]; then
    fail "The .NET 10 SDK is not installed, and nothing was built yet." "See https://learn.microsoft.com/dotnet/core/install/linux, or name a release with --from."
  fi
}

has_powershell() {
  local version
  # It would leave a cache in the user's home.
  version=$(XDG_CACHE_HOME=$scratch pwsh --version 2>/dev/null | sed -n 's/^PowerShell \([0-9.]*\).*/\1/p') || return 1
  [[ -n $version && $(printf '7.6\n%s\n' "$version" | sort -V | head -n 1) == 7.6 ]]
}

is_ours() { # whether a link leads into this installation, or nothing is there
  [[ ! -e $1 && ! -L $1 ]] || [[ -L $1 && $(readlink -- "$1") == "$library"/* ]]
}

put_link() { # what it leads to, the link
  make_folder "$(dirname "$2")"
  ln -sfn -- "$1" "$2"
}

install_files() {
  local note old_folders=()
  is_ours "$link" || fail "$link is there already, and is not of this installation." "Move it away, or install to where it leads with --prefix."
  command -v rsync >/dev/null || echo "Note: rsync is not installed; RePlexOn needs it (apt install rsync)."
  find_files
  if [[ -f $ledger ]]; then mapfile -t old_folders <"$ledger"; fi
  make_folder "$prefix/lib"
  staged=$prefix/lib/.replexon-$$.new aside=$prefix/lib/.replexon-$$.old
  mkdir -m 755 -- "$staged"
  cp -R -- "$built/cli" "$staged/cli"
  if [[ -d $built/RePlexOn ]]; then cp -R -- "$built/RePlexOn" "$staged/RePlexOn"; fi
  cp -- "${BASH_SOURCE[0]}" "$staged/install.sh"
  chmod -R u=rwX,go=rX -- "$staged"
  note=$("$staged/cli/replexon" --version 2>&1) \
    || fail "The program does not start here: $(head -n 1 <<<"$note")" "Install the .NET 10 runtime: https://learn.microsoft.com/dotnet/core/install/linux"

  if [[ -e $library ]]; then mv -T -- "$library" "$aside"; fi
  mv -T -- "$staged" "$library"
  rm -rf -- "$aside"
  put_link "$program" "$link"
  if ! is_ours "$module_link"; then
    echo "Note: $module_link is there already, and is not of this installation; it stays as it is."
  elif [[ -d $library/RePlexOn ]] && has_powershell; then
    put_link "$library/RePlexOn" "$module_link"
    echo "Module: $module_link"
  elif [[ -L $module_link ]]; then
    rm -- "$module_link"
  fi
  printf '%s\n' "${old_folders[@]}" "${made[@]}" | sed '/^$/d' | sort -u >"$ledger"
  echo "Program: $link, version ${note%%+*}"
  case :$PATH: in *:"$command_folder":*) ;; *) echo "Note: $command_folder is not in PATH." ;; esac
}

remove_files() {
  local folders=() index arguments=(init --undo --all-schedules)
  if ((purge)); then arguments+=(--purge); fi
  [[ -x $program ]] || fail "There is no installation in $prefix." "Name its folder with --prefix."
  "$program" "${arguments[@]}" "${init_arguments[@]}"
  if [[ -f $ledger ]]; then mapfile -t folders < <(sort "$ledger"); fi
  for index in "$link" "$module_link"; do
    if [[ -L $index ]] && is_ours "$index"; then rm -- "$index"; fi
  done
  rm -rf -- "$library"
  for ((index = ${#folders[@]} - 1; index >= 0; index--)); do rmdir -- "${folders[index]}" 2>/dev/null || true; done
  echo "Removed: $library"
}

umask 022
scratch=$(mktemp -d)
trap clean_up EXIT
if ((uninstall)); then
  remove_files
else
  ((!purge)) || fail "--purge goes with --uninstall." "Leave it out to install."
  install_files
  if ((init)); then
    trap - EXIT
    rm -rf -- "$scratch"
    exec "$program" init "${init_arguments[@]}"
  fi
fi
