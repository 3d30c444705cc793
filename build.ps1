#!/usr/bin/env pwsh
<#
.SYNOPSIS
Builds, tests, packs and installs the module.
.DESCRIPTION
Build    what `dotnet build` does: the module in out/RePlexOn, the command line in out/cli.
Test     what scripts/test.sh does: builds, and runs every test.
Help     makes docs/help/en-US/RePlexOn.Cmdlets.dll-Help.xml anew from docs/help/*.md; needs Microsoft.PowerShell.PlatyPS.
         The file is committed, so that a build needs no PlatyPS.
Package  what scripts/package.sh does: the archive that scripts/install.sh --from takes, for each runtime, with its checksum.
Install  builds the module and copies it to the user's module folder, in place of the same version there.
Clean    removes what builds left behind.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Package -Runtime linux-x64, linux-arm64
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Help', 'Package', 'Install', 'Clean')]
    [string] $Task = 'Build',

    # For Package: the machines to pack for, as .NET names them; such as this one by default.
    [string[]] $Runtime = @(),

    # For Help: where to write the file.
    [string] $HelpFolder = (Join-Path $PSScriptRoot 'docs/help/en-US')
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$out = Join-Path $PSScriptRoot 'out'
$cmdlets = Join-Path $PSScriptRoot 'src/RePlexOn.Cmdlets'
$version = (Import-PowerShellDataFile (Join-Path $PSScriptRoot 'RePlexOn.psd1')).ModuleVersion

function ConvertTo-HelpFile([string] $Folder) {
    Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0
    $pages = Get-ChildItem (Join-Path $PSScriptRoot 'docs/help') -Filter *-*.md | Import-MarkdownCommandHelp
    $draft = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid()))).FullName
    try {
        $file = $pages | Export-MamlCommandHelp -OutputFolder $draft
        # PlatyPS leaves the fences of code in examples, and a control character where a blank line was; links between
        # the pages lead nowhere in a shell.
        $text = (Get-Content $file -Raw) -replace '</maml:para>\s*<maml:para>&#x80;</maml:para>\s*<maml:para>', "`n`n" `
            -replace '```powershell\n', 'PS> ' -replace '```Output\n' -replace '\n```' `
            -replace '<maml:uri>[^<]*\.md</maml:uri>', '<maml:uri />'
        $null = New-Item -ItemType Directory $Folder -Force
        Set-Content (Join-Path $Folder (Split-Path $file -Leaf)) ($text.TrimEnd())
    }
    finally {
        Remove-Item $draft -Recurse
    }
}

function Install-BuiltModule {
    $place = Join-Path ($env:PSModulePath -split [IO.Path]::PathSeparator)[0] "RePlexOn/$version"
    if (Test-Path $place) { Remove-Item $place -Recurse }
    $null = New-Item -ItemType Directory $place
    Copy-Item (Join-Path $out 'RePlexOn/*') $place -Recurse
    $place
}

switch ($Task) {
    Build { dotnet build $PSScriptRoot --nologo -v quiet }
    Test { & (Join-Path $PSScriptRoot 'scripts/test.sh') }
    Help { ConvertTo-HelpFile $HelpFolder }
    Package { & (Join-Path $PSScriptRoot 'scripts/package.sh') @Runtime }
    Install {
        dotnet build $cmdlets --nologo -v quiet
        Install-BuiltModule
    }
    Clean {
        Get-ChildItem (Join-Path $PSScriptRoot 'src'), (Join-Path $PSScriptRoot 'tests') -Directory -Recurse -Include bin, obj |
            Remove-Item -Recurse
        if (Test-Path $out) { Remove-Item $out -Recurse }
    }
}
