# What the tests share: the built module, a sample Plex server, a local target. Dot-source it in BeforeAll.
$root = Split-Path (Split-Path $PSScriptRoot)
Import-Module (Join-Path $root 'out/RePlexOn')

# Makes a sample server, an empty target and a configuration for them below a folder; returns their paths.
function Initialize-Sample {
    param([string] $Folder, [int] $Files = 60, [int] $AverageBytes = 2000, [hashtable] $Backup = @{}, [string] $SnapshotsOn = 'Never')

    $place = [pscustomobject]@{
        Source            = Join-Path $Folder 'Plex Media Server'
        Target            = Join-Path $Folder 'nas'
        StateDirectory    = Join-Path $Folder 'state'
        ConfigurationPath = Join-Path $Folder 'replexon.json'
    }
    $null = New-Item -ItemType Directory $place.Target -Force
    & (Join-Path $root 'out/cli/replexon') demo sample $place.Source --files $Files --average-bytes $AverageBytes --rows 50
    @{ source = $place.Source; target = $place.Target; stateDirectory = $place.StateDirectory; backup = $Backup; snapshots = @{ on = $SnapshotsOn } } |
        ConvertTo-Json | Set-Content $place.ConfigurationPath
    $place
}

# Every path below a folder with its mode, size and time, and the hash of every file. PowerShell takes a backslash in a
# name for a separator, so it is left to find.
function Get-Tree([string] $Folder) {
    find $Folder -printf '%p %m %s %T@\n' | Sort-Object
    find $Folder -type f -exec sha256sum '{}' '+' | Sort-Object
}

# Waits until something holds.
function Wait-Until([scriptblock] $Condition) {
    $patience = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($patience.Elapsed.TotalMinutes -gt 1) { throw "It did not happen within a minute: $Condition" }
        Start-Sleep -Milliseconds 100
    }
}

# The processes of rsync that have a text among their arguments.
function Get-Rsync([string] $Text) {
    Get-Process rsync -ErrorAction Ignore | Where-Object { ($_.CommandLine ?? '').Contains($Text) }
}

# Runs a script in a PowerShell of its own; returns what it writes.
function Invoke-Fresh([string] $Script) {
    pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; $Script"
    if ($LASTEXITCODE -ne 0) { throw "It ended with exit code $LASTEXITCODE." }
}
