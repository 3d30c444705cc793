# Runs the Pester tests against the built module, and writes "passed failed skipped" to a file for scripts/test.sh.
param([string] $CountsPath)

Import-Module Pester -MinimumVersion 5.5
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration
if ($CountsPath) {
    $failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
    Set-Content -Path $CountsPath -Value "$($result.PassedCount) $failed $($result.SkippedCount + $result.NotRunCount)"
}
exit [int]($result.Result -ne 'Passed')
