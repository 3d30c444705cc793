BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
}

Describe 'A backup of the configuration' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'configuration'
        $place = Initialize-Sample $folder
        $null = New-Item -ItemType Directory (Join-Path $place.Target 'plex-current')
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
        $days = Join-Path $place.Target 'config-backups'
        Push-Location $folder
        Set-Content hook.sh '#!/bin/sh'
    }

    AfterAll {
        Pop-Location
    }

    It 'Should_show_its_files_and_change_nothing_with_WhatIf' {
        $before = Get-Tree $folder
        $plan = Backup-RePlexOnConfiguration ./hook.sh @configuration -WhatIf
        $plan | Should -BeOfType RePlexOn.ConfigurationBackups.ConfigurationItem
        $plan.Origin | Should -Contain $place.ConfigurationPath
        $plan.Origin | Should -Contain (Join-Path $folder 'hook.sh')
        Get-Tree $folder | Should -Be $before
    }

    It 'Should_be_made_and_return_the_run' {
        $run = Backup-RePlexOnConfiguration ./hook.sh @configuration -Trigger Schedule
        $run | Should -BeOfType RePlexOn.History.BackupRun
        $run.Kind | Should -Be 'ConfigBackup'
        $run.Status | Should -Be 'Succeeded'
        $run.Trigger | Should -Be 'Schedule'
        (Get-ChildItem $days).Name | Should -Be (Get-Date $run.StartedAt.DateTime -Format yyyy-MM-dd)
        (Get-PlexBackupHistory @configuration -Kind ConfigBackup).Count | Should -Be 1
    }

    It 'Should_warn_of_secrets' {
        $null = Backup-RePlexOnConfiguration @configuration -IncludeSecret -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike 'Passwords and keys go along*'
    }

    It 'Should_show_what_would_be_done_and_change_nothing_with_WhatIf' {
        Set-RePlexOnConfiguration configurationBackups.keep 7 @configuration
        $before = Get-Tree $folder
        $steps = Restore-RePlexOnConfiguration @configuration -WhatIf
        $steps | Should -BeOfType RePlexOn.ConfigurationBackups.ConfigurationRestoreStep
        ($steps | Where-Object Kind -eq Configuration).Action | Should -Be 'Replace'
        Get-Tree $folder | Should -Be $before
    }

    It 'Should_come_back_and_keep_the_former_one' {
        $run = Restore-RePlexOnConfiguration @configuration
        $run.Kind | Should -Be 'Restore'
        $run.Status | Should -Be 'Succeeded'
        (Get-RePlexOnConfiguration configurationBackups.keep @configuration).Value | Should -Be 30
        "$($place.ConfigurationPath).before-*" | Should -Exist
    }

    It 'Should_come_back_into_a_folder_with_all_files' {
        $null = Backup-RePlexOnConfiguration ./hook.sh @configuration
        $null = Restore-RePlexOnConfiguration (Get-ChildItem $days).Name -DestinationPath ./back @configuration
        Join-Path $folder 'back/history.db' | Should -Exist
        Join-Path (Join-Path $folder 'back/files') (Join-Path $folder 'hook.sh') | Should -Exist
    }

    It 'Should_be_an_error_where_there_is_none_of_that_day' {
        $run = Restore-RePlexOnConfiguration 1999-01-01 @configuration -ErrorAction SilentlyContinue -ErrorVariable trouble
        $run.Status | Should -Be 'Failed'
        $trouble.FullyQualifiedErrorId | Should -BeLike 'ConfigurationBackupNotFound,*'
    }

    It 'Should_be_shown_in_tables_and_lists' {
        Backup-RePlexOnConfiguration @configuration -WhatIf | Format-Table | Out-String | Should -Match 'Kind +Size Origin'
        Restore-RePlexOnConfiguration @configuration -WhatIf | Format-List | Out-String | Should -Match 'Action +: Keep'
    }
}

Describe 'A snapshot by rule' {
    BeforeAll {
        $place = Initialize-Sample (Join-Path $TestDrive 'rule') -SnapshotsOn Daily
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
    }

    It 'Should_be_foretold' {
        $said = Invoke-PlexBackup @configuration -WhatIf -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        $said[-1] | Should -BeLike 'A snapshot would be made. It was due: there was no whole one since *'
    }

    It 'Should_not_be_made_where_none_is_wanted' {
        (Invoke-PlexBackup @configuration -NoSnapshot).Kind | Should -Be Mirror
    }

    It 'Should_be_made_once' {
        $runs = Invoke-PlexBackup @configuration
        $runs.Kind | Should -Be Mirror, Snapshot
        $runs[1].Message | Should -BeLike '*It was due: there was no whole one since *'
        $again = Invoke-PlexBackup @configuration
        $again.Kind | Should -Be Mirror
        $again.Message | Should -BeLike '*is of this day; the next is due on *'
    }

    It 'Should_not_be_wanted_and_unwanted_at_once' {
        { Invoke-PlexBackup @configuration -Snapshot -NoSnapshot } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }
}
