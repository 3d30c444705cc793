#!/usr/bin/env bash
# Makes the archive of a release, which scripts/install.sh --from takes: the command line, the PowerShell module and the
# installer, in out/replexon-VERSION-RUNTIME.tar.gz, with its checksum beside it in a .sha256.
#
#   scripts/package.sh                          for machines as this one
#   scripts/package.sh linux-x64 linux-arm64    for these, as .NET names them
#   scripts/package.sh --built FOLDER           of what was built into that folder (cli and RePlexOn); builds nothing
#
# --to FOLDER   where to put it, in place of out
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
to=$root/out built='' runtimes=()

fail() { # what happened, what to do
  printf 'package.sh: %s\nWhat to do: %s\n' "$1" "$2" >&2
  exit 1
}

while (($#)); do
  case $1 in
    --built | --to)
      (($# > 1)) || fail "$1 names nothing." "Give a folder after it."
      if [[ $1 == --to ]]; then to=$(realpath -m -- "$2"); else built=$(realpath -m -- "$2"); fi
      shift
      ;;
    --help | -h) sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; exit 0 ;;
    -*) fail "There is no $1." "--help shows what there is." ;;
    *) runtimes+=("$1") ;;
  esac
  shift
done

build() { # arguments for dotnet
  local project
  for project in Cli Cmdlets; do
    dotnet build "$root/src/RePlexOn.$project" --nologo -v quiet '-clp:ErrorsOnly;NoSummary' "$@" \
      || fail "The build failed." "See what it said above; the .NET SDK must be version 10."
  done
}

pack() { # the folder with the built files
  local facts=$1/cli/replexon.deps.json version runtime name part
  [[ -f $facts ]] || fail "$1 holds no cli/replexon." "Build first, or name the folder with the built files."
  # What the files themselves say, and not what they were meant to be.
  version=$(sed -n 's|^ *"replexon/\([^"]*\)": {.*|\1|p' "$facts" | head -n 1)
  runtime=$(sed -n 's|^ *"name": "\.NETCoreApp,[^/"]*/\([^"]*\)".*|\1|p' "$facts" | head -n 1)
  name=replexon-$version-$runtime
  mkdir -p -- "$to" "$scratch/$name"
  for part in "$1/cli" "$1/RePlexOn" "$root/scripts/install.sh" "$root/README.md" "$root/CHANGELOG.md" "$root/LICENSE"; do
    if [[ -e $part ]]; then cp -R -- "$part" "$scratch/$name/"; fi
  done
  chmod -R u=rwX,go=rX -- "$scratch/$name"
  tar -czf "$scratch/$name.tar.gz" --sort=name --owner=0 --group=0 --numeric-owner -C "$scratch" "$name"
  (cd "$scratch" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
  mv -f -- "$scratch/$name.tar.gz" "$scratch/$name.tar.gz.sha256" "$to/"
  echo "$to/$name.tar.gz"
}

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
if [[ -n $built ]]; then
  pack "$built"
elif ((!${#runtimes[@]})); then
  build
  pack "$root/out"
fi
for runtime in "${runtimes[@]}"; do
  build -r "$runtime" "-p:OutFolder=$scratch/$runtime/"
  pack "$scratch/$runtime"
done
