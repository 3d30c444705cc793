BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
}

Describe 'A backup' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'backup'
        $place = Initialize-Sample $folder
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
    }

    It 'Should_show_its_plan_and_change_nothing_with_<How>' -ForEach @(
        @{ How = 'WhatIf'; Preference = $false; Switches = @{ WhatIf = $true } }
        @{ How = 'WhatIfPreference'; Preference = $true; Switches = @{} }) {
        $before = Get-Tree $folder
        $WhatIfPreference = $Preference
        $plan = Invoke-PlexBackup @configuration @Switches
        $WhatIfPreference = $false
        $plan | Should -BeOfType RePlexOn.Backup.PlannedChange
        $plan.Path | Should -Contain 'Preferences.xml'
        Get-Tree $folder | Should -Be $before
    }

    It 'Should_say_that_there_was_none_yet' {
        (Get-PlexBackupStatus @configuration).Health | Should -Be 'NeverRun'
        Get-PlexBackupHistory @configuration | Should -BeNullOrEmpty
    }

    It 'Should_copy_the_server_and_return_the_run' {
        $run = Invoke-PlexBackup @configuration -Trigger Schedule
        $run | Should -BeOfType RePlexOn.History.BackupRun
        $run.Status | Should -Be 'Succeeded'
        $run.Trigger | Should -Be 'Schedule'
        $run.ExitCode | Should -Be 'Succeeded'
        $copy = Join-Path $place.Target 'plex-current'
        (Get-FileHash (Join-Path $copy 'Preferences.xml')).Hash | Should -Be (Get-FileHash (Join-Path $place.Source 'Preferences.xml')).Hash
        Join-Path $copy '.replexon/manifest.json' | Should -Exist
        (Get-PlexBackupStatus @configuration).Health | Should -Be 'Healthy'
    }

    It 'Should_show_every_property_of_a_run' {
        $shown = Invoke-PlexBackup @configuration | Format-List * | Out-String
        $shown | Should -Match 'MachineIdentifier\s+: \w{40}'
        $shown | Should -Not -Match '\x1b'
    }

    It 'Should_say_in_verbose_how_it_compared' {
        Invoke-PlexBackup @configuration -Full -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } |
            Select-Object -Last 1 | Should -BeLike '*Full pass: a full pass was asked for.'
    }

    It 'Should_take_relative_paths_from_the_current_location' {
        Push-Location $folder
        try {
            $null = New-Item -ItemType Directory second
            $run = Invoke-PlexBackup -Source './Plex Media Server' -Target ./second -ConfigurationPath ./replexon.json -StateDirectory ./state2
        }
        finally {
            Pop-Location
        }

        $run.Source | Should -Be $place.Source
        $run.Target | Should -Be (Join-Path $folder 'second')
        Join-Path $folder 'second/plex-current/Preferences.xml' | Should -Exist
    }

    It 'Should_return_the_run_and_an_error_when_the_target_does_not_answer' {
        $run = Invoke-PlexBackup @configuration -Target rsync://u@127.0.0.1:1/x -ErrorAction SilentlyContinue -ErrorVariable trouble
        $run.Status | Should -Be 'Failed'
        $trouble.FullyQualifiedErrorId | Should -Be 'TargetUnreachable,RePlexOn.Cmdlets.Backup.InvokePlexBackupCommand'
        $trouble.CategoryInfo.Category | Should -Be 'ConnectionError'
        $trouble.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $trouble.TargetObject.Id | Should -Be $run.Id
        $trouble.Exception.ExitCode | Should -Be 'TargetUnreachable'
    }

    It 'Should_end_the_pipeline_when_errors_are_to_stop_it' {
        { Invoke-PlexBackup @configuration -Source $place.Target -ErrorAction Stop } | Should -Throw -ErrorId '*,RePlexOn.Cmdlets.Backup.InvokePlexBackupCommand'
    }

    It 'Should_write_the_warnings_of_a_run' {
        # A damaged history is set aside, which wants attention but does not stop a backup.
        $damaged = Join-Path $TestDrive 'damaged'
        $other = Initialize-Sample $damaged
        $null = Invoke-PlexBackup -ConfigurationPath $other.ConfigurationPath
        Set-Content (Join-Path $other.StateDirectory 'history.db') ('no database ' * 1000)
        $run = Invoke-PlexBackup -ConfigurationPath $other.ConfigurationPath -WarningVariable warnings -WarningAction SilentlyContinue
        $run.Status | Should -Be 'Warning'
        $run.ExitCode | Should -Be 'Incomplete'
        $warnings | Should -Be $run.Warnings
    }
}

Describe 'The history' {
    BeforeAll {
        $place = Initialize-Sample (Join-Path $TestDrive 'history')
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
        $null = Invoke-PlexBackup @configuration
        $null = Invoke-PlexBackup @configuration -Target /proc/no-such -ErrorAction SilentlyContinue
    }

    It 'Should_choose_by_status_kind_and_time' {
        $yesterday = (Get-Date).AddDays(-1)
        (Get-PlexBackupHistory @configuration -Status Failed, Warning -Kind Mirror -After $yesterday).Number | Should -Be 2
        (Get-PlexBackupHistory @configuration -Last 1).Number | Should -Be 2
        (Get-PlexBackupHistory @configuration -Search 'no-such').Number | Should -Be 2
        Get-PlexBackupHistory @configuration -Before $yesterday | Should -BeNullOrEmpty
        Get-PlexBackupHistory @configuration -Kind Snapshot | Should -BeNullOrEmpty
    }

    It 'Should_survive_a_round_trip_through_CSV' {
        $file = Join-Path $TestDrive 'runs.csv'
        $runs = Get-PlexBackupHistory @configuration
        $runs | Export-Csv $file
        $read = Import-Csv $file
        $read.Id | Should -Be $runs.Id
        [RePlexOn.History.RunStatus[]]$read.Status | Should -Be $runs.Status
        [long[]]$read.BytesTotal | Should -Be $runs.BytesTotal
        [TimeSpan[]]$read.Duration | Should -Be $runs.Duration
    }

    It 'Should_show_one_line_a_run_and_no_colours_where_none_are_wanted' {
        $PSStyle.OutputRendering = 'PlainText'
        $lines = Get-PlexBackupHistory @configuration | Out-String -Width 120 -Stream | Where-Object { $_ -match '^\s*\d' }
        $lines.Count | Should -Be 2
        $lines | Should -Not -Match '\x1b'
        $lines[0] | Should -Match 'Failed'
    }

    It 'Should_complete_statuses' {
        $line = 'Get-PlexBackupHistory -Status F'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'Failed'
    }
}
