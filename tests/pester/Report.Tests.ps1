BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
}

Describe 'A report' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'report'
        $place = Initialize-Sample $folder
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
        $null = Invoke-PlexBackup @configuration -Snapshot
    }

    It 'Should_be_written_to_a_file_relative_to_the_current_location' {
        Push-Location $folder
        try { $report = Export-PlexBackupReport report.html @configuration } finally { Pop-Location }
        $report | Should -BeOfType RePlexOn.Reports.ReportResult
        $report.Path | Should -Be (Join-Path $folder 'report.html')
        $report.Bytes | Should -Be (Get-Item $report.Path).Length
        $report.Snapshots | Should -Be 1
        Get-Content $report.Path -Raw | Should -Match '<h1 class="good">.*All is well</h1>'
    }

    It 'Should_replace_a_report_and_no_other_file' {
        $file = Join-Path $folder 'twice.html'
        $null = Export-PlexBackupReport $file @configuration -SkipTarget
        (Export-PlexBackupReport $file @configuration -SkipTarget -Days 7 -Runs 1).Path | Should -Be $file
        Set-Content $file 'my diary'
        Export-PlexBackupReport $file @configuration -SkipTarget -ErrorAction SilentlyContinue -ErrorVariable refusal
        $refusal.FullyQualifiedErrorId | Should -BeLike 'ReportFileTaken,*'
        Get-Content $file | Should -Be 'my diary'
        (Export-PlexBackupReport $file @configuration -SkipTarget -Force).Bytes | Should -BeGreaterThan 1000
    }

    It 'Should_warn_where_the_target_does_not_tell_its_snapshots' {
        $report = Export-PlexBackupReport (Join-Path $folder 'alone.html') @configuration -Target 'rsync://u@127.0.0.1:1/plex' -WarningAction SilentlyContinue -WarningVariable warnings
        $report.Snapshots | Should -BeNullOrEmpty
        $warnings | Should -Match 'lists no snapshots'
        Get-Content $report.Path -Raw | Should -Match 'The target did not tell its snapshots'
    }

    It 'Should_write_nothing_with_WhatIf' {
        Export-PlexBackupReport (Join-Path $folder 'never.html') @configuration -WhatIf
        Join-Path $folder 'never.html' | Should -Not -Exist
    }

    It 'Should_show_short_texts' {
        $report = Export-PlexBackupReport (Join-Path $folder 'shown.html') @configuration -SkipTarget
        $report | Out-String | Should -Match 'Health +: Healthy'
        $report | Format-Table | Out-String | Should -Match 'shown\.html.*KB Healthy'
    }
}
