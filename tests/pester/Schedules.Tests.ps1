BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
    $replexon = Join-Path $root 'out/cli/replexon'

    # The crontab of the user who runs the tests is put back as it was.
    $before = crontab -l 2>$null
    $hadCrontab = $LASTEXITCODE -eq 0
}

AfterAll {
    if ($hadCrontab) { $before | crontab - } else { crontab -r 2>$null }
}

Describe 'Schedules' {
    BeforeAll {
        $place = Initialize-Sample (Join-Path $TestDrive "it's 100%")
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
        $own = @{ Place = 'Crontab'; Program = $replexon } + $configuration

        function Get-Own { Get-PlexBackupSchedule | Where-Object ConfigurationPath -EQ $place.ConfigurationPath }
    }

    BeforeEach {
        "MAILTO=nobody`n0 3 * * * /usr/local/bin/backup-plex.sh >> /var/log/plex-backup.log 2>&1" | crontab -
        $others = crontab -l
    }

    It 'Should_be_registered_listed_and_taken_away' {
        $made = Register-PlexBackupSchedule Mirror '30 2 * * mon-fri' @own
        $made | Should -BeOfType RePlexOn.Schedules.BackupSchedule
        $made.Description | Should -Be 'Every Monday to Friday at 02:30'
        (Get-Own).Job | Should -Be Mirror
        (crontab -l)[0, 1] | Should -Be $others
        Get-Own | Unregister-PlexBackupSchedule
        crontab -l | Should -Be $others
    }

    It 'Should_be_the_same_after_the_second_time' {
        $null = Register-PlexBackupSchedule Check @own
        $once = crontab -l
        $null = Register-PlexBackupSchedule Check @own
        crontab -l | Should -Be $once
    }

    It 'Should_not_be_touched_by_WhatIf' {
        Register-PlexBackupSchedule Mirror @own -WhatIf | Should -BeNullOrEmpty
        crontab -l | Should -Be $others
        $null = Register-PlexBackupSchedule Mirror @own
        Unregister-PlexBackupSchedule Mirror @configuration -WhatIf
        (Get-Own).Job | Should -Be Mirror
    }

    It 'Should_start_a_backup_by_the_line_that_cron_gets' {
        $null = Register-PlexBackupSchedule Mirror @own
        $command = (crontab -l)[-1] -replace '^0 3 \* \* \* ' -replace '\\%', '%'
        env -i PATH=/usr/bin:/bin HOME=/tmp sh -c $command
        $LASTEXITCODE | Should -Be 0
        $run = Get-PlexBackupHistory @configuration -Last 1
        $run.Status | Should -Be Succeeded
        $run.Trigger | Should -Be Schedule
    }

    It 'Should_start_a_backup_by_PowerShell_where_asked' {
        $null = Register-PlexBackupSchedule Mirror -UsePowerShell -Place Crontab @configuration
        $command = (crontab -l)[-1] -replace '^0 3 \* \* \* ' -replace '\\%', '%'
        $command | Should -Match 'Invoke-PlexBackup'
        env -i PATH=/usr/bin:/bin HOME=/tmp sh -c $command
        $LASTEXITCODE | Should -Be 0
        (Get-PlexBackupHistory @configuration -Last 1).Trigger | Should -Be Schedule
    }

    It 'Should_show_the_first_systems_lines_and_leave_them' {
        $old = Get-PlexBackupSchedule | Where-Object IsLegacy
        $old.Job | Should -Contain Mirror
        $old[0].Offer | Should -Match "replexon schedule add mirror '0 3 \* \* \*'"
        $old | Unregister-PlexBackupSchedule -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match 'crontab -e'
        crontab -l | Should -Be $others
    }

    It 'Should_refuse_a_wrong_expression_naming_the_field' {
        { Register-PlexBackupSchedule Mirror '0 25 * * *' @own -ErrorAction Stop } |
            Should -Throw -ErrorId 'CronExpressionInvalid,*' -ExpectedMessage '*hour*25*'
        crontab -l | Should -Be $others
    }

    It 'Should_tell_when_there_is_none_to_take_away' {
        { Unregister-PlexBackupSchedule Verify @configuration -ErrorAction Stop } | Should -Throw -ErrorId 'ScheduleNotFound,*'
    }

    It 'Should_make_the_status_know_when_the_next_is_due' {
        $null = Register-PlexBackupSchedule Mirror @own
        $status = Get-PlexBackupStatus @configuration
        $status.NextDueAt | Should -BeGreaterThan ([DateTimeOffset]::Now)
        ($status | Format-List | Out-String) | Should -Match 'Mirror: Every day at 03:00'
    }

    It 'Should_make_the_status_overdue_when_it_did_not_fire' {
        $null = Register-PlexBackupSchedule Mirror '* * * * *' @own
        # As if it had been there for a long time.
        (crontab -l) -replace 'since \S+Z', 'since 2020-01-01T00:00:00Z' | crontab -
        Set-RePlexOnConfiguration schedule.graceMinutes 0 @configuration
        Start-Sleep -Seconds (61 - [DateTime]::Now.Second)
        $status = Get-PlexBackupStatus @configuration
        $status.Health | Should -Be Overdue
        & $replexon check --config $place.ConfigurationPath --prometheus "$TestDrive/r.prom" 2>$null
        $LASTEXITCODE | Should -Be 4
        Get-Content "$TestDrive/r.prom" | Should -Contain 'replexon_health{state="Overdue"} 1'
    }

    It 'Should_look_well_in_a_table_and_a_list' {
        $null = Register-PlexBackupSchedule Mirror @own
        (Get-PlexBackupSchedule | Format-Table | Out-String) | Should -Match 'Every day at 03:00 \(first RePlexOn\)'
        (Get-Own | Format-List | Out-String) | Should -Match 'the crontab of'
    }
}
