#!/usr/bin/env bash
# Shows the main job on made-up data: builds, makes a sample Plex server that goes on writing, backs it up twice to a
# folder that stands for the NAS, and proves that the copy is whole. It needs the .NET 10 SDK and rsync, and writes only
# to out/ and to one folder below the temporary one, which it names at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is not installed. See https://learn.microsoft.com/dotnet/core/install/linux" >&2
  exit 1
fi

if ! command -v rsync >/dev/null; then
  if ((EUID != 0)); then
    echo "rsync is not installed. Install it with: sudo apt-get install rsync" >&2
    exit 1
  fi
  echo "Installing rsync"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends rsync >/dev/null
fi

echo "Building (up to a minute the first time)"
dotnet build src/RePlexOn.Cli --nologo -v quiet "-clp:ErrorsOnly;NoSummary"

# shellcheck disable=SC2016 # PowerShell's variable
if command -v pwsh >/dev/null && pwsh -NoProfile -Command 'exit [int]($PSVersionTable.PSVersion -lt [version]"7.6")'; then
  dotnet build src/RePlexOn.Cmdlets --nologo -v quiet "-clp:ErrorsOnly;NoSummary"
  exec pwsh -NoProfile -File scripts/demo.ps1
fi

echo "There is no PowerShell 7.6, so this is the command line; the cmdlets do the same."
exec out/cli/replexon demo
