BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
}

Describe 'Figures over runs' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'statistics'
        $place = Initialize-Sample $folder
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
        $null = Invoke-PlexBackup @configuration
        $null = Invoke-PlexBackup @configuration -Target 'rsync://u@127.0.0.1:1/plex' -ErrorAction SilentlyContinue
    }

    It 'Should_count_runs_by_how_they_ended' {
        $measured = Measure-PlexBackup @configuration
        $measured | Should -BeOfType RePlexOn.Statistics.BackupStatistics
        $measured.Runs | Should -Be 2
        $measured.SuccessRate | Should -Be 0.5
        $measured.Kinds.Failed | Should -Be 1
        $measured.Bytes | Should -Be (Get-PlexBackupHistory @configuration -Status Succeeded).BytesTotal
    }

    It 'Should_measure_the_period_and_the_kind_asked_for' {
        (Measure-PlexBackup @configuration -Before (Get-Date).AddDays(-1)).Runs | Should -Be 0
        (Measure-PlexBackup @configuration -After (Get-Date).AddDays(-1)).Runs | Should -Be 2
        (Measure-PlexBackup @configuration -Kind Snapshot).Runs | Should -Be 0
    }

    It 'Should_show_short_texts_and_hold_numbers' {
        $measured = Measure-PlexBackup @configuration
        $measured | Out-String | Should -Match 'Succeeded : 50.0 %'
        $measured.Kinds | Out-String | Should -Match 'Mirror +2'
        $measured.Days | Out-String | Should -Match '\d{4}-\d\d-\d\d +2 +1 +1'
        $measured.Days | ConvertTo-Csv | Select-Object -Last 1 | Should -Match '"1"'
    }
}
