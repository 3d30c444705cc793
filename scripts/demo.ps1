# The show of scripts/demo.sh by the module's cmdlets: a sample Plex server that goes on writing, two backups of it, a damage
# that is found and mended, and a restore.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$out = Join-Path (Split-Path $PSScriptRoot) 'out'
$replexon = Join-Path $out 'cli/replexon'
$folder = Join-Path ([IO.Path]::GetTempPath()) "replexon-demo-$PID"
$commits = Join-Path $folder 'commits.txt'

function Write-Step([string] $Text) {
    "`n$($PSStyle.Bold)== $Text$($PSStyle.Reset)"
}

# Shows a command as it would be typed, and what it gives.
function Show-Command([scriptblock] $Command) {
    "PS> $("$Command".Trim())"
    & $Command | Out-Default
}

# The number of the last commit that the writer has done.
function Get-Commit {
    [long](Get-Content $commits | Select-Object -Last 1)
}

# Backs up, and proves that the copy holds each commit that was done before.
function Invoke-ProvenBackup {
    $before = Get-Commit
    Show-Command { Invoke-PlexBackup }
    if ((Get-PlexBackupStatus).Health -ne 'Healthy') { throw 'The backup failed.' }

    "Commits done before it began: $before."
    & $replexon demo prove 'nas/plex-current/Plug-in Support/Databases/com.plexapp.plugins.library.db' --commits $before
}

Import-Module (Join-Path $out 'RePlexOn')
$null = New-Item -ItemType Directory (Join-Path $folder 'nas')
Set-Location $folder
$env:REPLEXON_CONFIG = Join-Path $folder 'replexon.json'

Write-Step "Making a sample Plex server, and letting it write about 100 commits a second"
"All of it goes to $folder; remove that with: rm -r '$folder'"
& $replexon demo sample 'Plex Media Server'
$writer = Start-Process $replexon 'demo', 'write', '"Plex Media Server"' -RedirectStandardOutput $commits -PassThru
try {
    while ((Get-Commit) -lt 300 -and -not $writer.HasExited) { Start-Sleep -Milliseconds 100 }

    Write-Step 'Setting up: where Plex is, and where its backups go (./nas stands for the NAS)'
    Show-Command { Initialize-RePlexOn ./nas -Source './Plex Media Server' -StateDirectory ./state }

    Write-Step 'The first backup, while the server writes, with the snapshot of the week'
    Invoke-ProvenBackup

    Write-Step 'Some days of use go by'
    & $replexon demo change 'Plex Media Server' --share 0.005

    Write-Step 'What would a backup do now? (-WhatIf changes nothing)'
    Show-Command { Invoke-PlexBackup -WhatIf | Group-Object Action -NoElement }

    Write-Step 'The second backup sends what changed, and nothing else'
    Invoke-ProvenBackup
}
finally {
    # It is the demo's own, and its data is made up: it need not end tidily.
    Stop-Process $writer -ErrorAction Ignore
}

$damaged = Get-ChildItem nas/plex-current/Metadata -Recurse -File | Where-Object { -not $_.LinkType -or $_.LinkType -eq 'HardLink' } |
    Where-Object Length -GT 1000 | Select-Object -First 1
Write-Step "The NAS's disk flips one bit, and neither size nor time of the file shows it: $($damaged.Name)"
$time = $damaged.LastWriteTimeUtc
$bytes = [IO.File]::ReadAllBytes($damaged.FullName)
$bytes[500] = $bytes[500] -bxor 1
[IO.File]::WriteAllBytes($damaged.FullName, $bytes)
$damaged.LastWriteTimeUtc = $time
Show-Command { Test-PlexBackup -Depth Full -ErrorAction SilentlyContinue | Select-Object IsGood, Findings }
if (Test-PlexBackup -Depth Full -Quiet) { throw 'The damage was not found.' }

Write-Step 'The next backup compares every content, and puts the mirror right'
Show-Command { Invoke-PlexBackup }
Show-Command { Test-PlexBackup -Depth Full -Quiet }
if (-not (Test-PlexBackup -Depth Full -Quiet)) { throw 'The mirror is not right.' }

Write-Step 'Getting it back'
Show-Command { Get-PlexSnapshot }
Show-Command { Restore-PlexBackup -DestinationPath ./restored }
& $replexon demo prove 'restored/Plug-in Support/Databases/com.plexapp.plugins.library.db'

Write-Step 'How it stands'
Show-Command { Get-PlexBackupStatus }

Write-Step 'What was done'
Show-Command { Get-PlexBackupHistory }

Write-Step "That is all. What the demo made is in $folder"
