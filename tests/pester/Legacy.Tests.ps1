BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
}

Describe 'What the first RePlexOn has left' {
    BeforeEach {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive "it's [1] $([Guid]::NewGuid())")).FullName
        $place = @{ StateDirectory = Join-Path $folder 'state'; ConfigurationPath = Join-Path $folder 'replexon.json' }
        Set-Content -LiteralPath $place.ConfigurationPath '{}'
        $log = Join-Path $folder 'my backup.log'
        Set-Content -LiteralPath $log @(
            '=== Plex Backup Started: mar 24 mar 2026, 03:00:01, CET ==='
            'sent 30,02M bytes  received 1,20K bytes  9,00 bytes/sec'
            'total size is 8.081.447.228  speedup is 58,36'
            '=== Plex Backup Completed Successfully: mar 24 mar 2026, 03:10:01, CET ==='
            '=== Plex Backup Started: mer 25 mar 2026, 03:00:01, CET ==='
        )
        # Nothing was written to it for so long that the second run is given up.
        (Get-Item -LiteralPath $log).LastWriteTime = (Get-Date).AddDays(-3)
        Set-Content -LiteralPath (Join-Path $folder 'my backup-tracking.log') '2026-03-24:success', '2026-03-26:failed'
    }

    It 'Should_bring_its_log_into_the_history_once' {
        $read = Get-Item -LiteralPath $log | Import-PlexBackupLog @place -TimeZone UTC
        $read | Should -BeOfType RePlexOn.Legacy.LegacyImportResult
        $read.Added, $read.AddedByDay | Should -Be 3, 1
        $runs = Get-PlexBackupHistory @place
        $runs.Status | Should -Be Failed, Interrupted, Succeeded
        $runs[-1].BytesSent, $runs[-1].BytesTotal | Should -Be 30020000, 8081447228
        $runs.Trigger | Select-Object -Unique | Should -Be Imported
        (Import-PlexBackupLog $log @place).Added | Should -Be 0
    }

    It 'Should_show_with_WhatIf_what_it_would_add' {
        $read = Import-PlexBackupLog $log @place -WhatIf
        $read.Added, $read.IsDryRun | Should -Be 3, $true
        $place.StateDirectory | Should -Not -Exist
    }

    It 'Should_leave_out_of_its_database_what_it_made_up_and_what_the_log_tells' {
        $database = Join-Path $folder 'replexon.db'
        @'
CREATE TABLE backup_runs (id INTEGER PRIMARY KEY, backup_type, status, started_at, finished_at, duration_seconds, total_size_bytes,
    transferred_bytes, files_transferred, error_message, raw_log, triggered_by, email_sent);
INSERT INTO backup_runs (backup_type, status, started_at, triggered_by) VALUES
    ('daily_mirror', 'success', '2026-03-22 03:00:00', 'cron'), ('snapshot', 'success', '2026-03-22 03:30:00', 'cron'),
    ('cleanup', 'success', '2026-03-22 04:00:00', 'cron'), ('daily_mirror', 'success', '2026-03-24 03:00:00', 'cron');
'@ | sqlite3 $database
        $null = Import-PlexBackupLog $log @place
        $read = Import-PlexBackupHistory $database @place
        $read.Added, $read.LeftOut | Should -Be 1, 3
        $read.Notes | Should -Match 'without looking|log tells|day alone'
        (Get-PlexBackupHistory @place).Count | Should -Be 4
    }

    It 'Should_say_which_file_is_missing_and_go_on_with_the_next' {
        $errors = $null
        $read = "$folder/none.log", $log | Import-PlexBackupLog @place -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors[0].FullyQualifiedErrorId | Should -Match '^LegacyLogMissing'
        $errors[0].TargetObject | Should -Be "$folder/none.log"
        $read.Added | Should -Be 3
    }

    It 'Should_complete_time_zones_and_refuse_what_is_none' {
        $line = "Import-PlexBackupLog -TimeZone new_y"
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'America/New_York'
        { Import-PlexBackupLog $log @place -TimeZone Nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'TimeZoneUnknown*'
    }

    It 'Should_show_short_texts_and_hold_numbers' {
        $read = Import-PlexBackupLog $log @place
        $read | Format-Table | Out-String | Should -Match 'Added +Known +LeftOut'
        $read | Format-List | Out-String | Should -Match 'AddedByDay +: 1'
        $read.BytesRead | Should -BeOfType long
    }
}
