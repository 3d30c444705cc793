BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')

    # Makes snapshots as a run would: the mirror's files, and a manifest that names each.
    function Add-Snapshot([string[]] $Name) {
        foreach ($one in $Name) {
            $folder = Join-Path $place.Target "plex-snapshots/$one"
            $null = New-Item -ItemType Directory (Split-Path $folder) -Force
            cp -al (Join-Path $place.Target 'plex-current') $folder
            $manifest = Get-Content (Join-Path $folder '.replexon/manifest.json') -Raw | ConvertFrom-Json -AsHashtable
            $manifest.snapshot = $one
            Remove-Item (Join-Path $folder '.replexon/manifest.json')
            $manifest | ConvertTo-Json -Depth 5 | Set-Content (Join-Path $folder '.replexon/manifest.json')
        }
    }

    function Get-Left { (Get-ChildItem (Join-Path $place.Target 'plex-snapshots')).Name }
}

Describe 'Snapshots' {
    BeforeAll {
        $place = Initialize-Sample (Join-Path $TestDrive 'snapshots')
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
        $null = Invoke-PlexBackup @configuration
    }

    BeforeEach {
        $folder = Join-Path $place.Target 'plex-snapshots'
        # Remove-Item stumbles over a backslash in a name.
        rm -rf $folder
        Add-Snapshot 2025-03-02_040000, 2025-03-08_040000, 2025-03-09_040000
        $null = New-Item -ItemType Directory "$folder/2025-03-05_040000", "$folder/2024-12-29", "$folder/notes"
    }

    It 'Should_come_newest_first_with_what_they_hold' {
        $snapshots = Get-PlexSnapshot @configuration
        $snapshots | Should -BeOfType RePlexOn.Snapshots.PlexSnapshot
        $snapshots.Name | Should -Be 2025-03-09_040000, 2025-03-08_040000, 2025-03-05_040000, 2025-03-02_040000, 2024-12-29
        $snapshots.State | Should -Be Whole, Whole, Partial, Whole, FirstSystem
        $snapshots[0].Files | Should -Be (Get-PlexBackupHistory @configuration -Kind Mirror)[0].FilesTotal
        $snapshots[0].KeptBecause | Should -Be 'weekly snapshot, newest whole'
        $snapshots[1].KeptBecause | Should -BeNullOrEmpty
    }

    It 'Should_be_made_as_hard_links_and_returned' {
        $made = New-PlexSnapshot @configuration
        $made | Should -BeOfType RePlexOn.Snapshots.PlexSnapshot
        $made.State | Should -Be Whole
        $links = 'plex-current', "plex-snapshots/$($made.Name)" |
            ForEach-Object { stat -c %i "$($place.Target)/$_/Preferences.xml" }
        $links[0] | Should -Be $links[1]
        (Get-PlexSnapshot @configuration)[0].Name | Should -Be $made.Name
        (Get-PlexBackupHistory @configuration -Last 2).Kind | Should -Be Snapshot, Mirror
    }

    It 'Should_be_made_by_a_backup_on_request' {
        # The rules keep one of a week, so the one made before goes.
        (Invoke-PlexBackup @configuration -Snapshot).Kind | Select-Object -First 2 | Should -Be Mirror, Snapshot
    }

    It 'Should_not_be_made_by_WhatIf' {
        $before = Get-Left
        New-PlexSnapshot @configuration -WhatIf | Should -BeNullOrEmpty
        Get-Left | Should -Be $before
    }

    It 'Should_say_why_none_was_made' {
        { New-PlexSnapshot @configuration -Target /nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'TargetFolderMissing,*'
    }

    It 'Should_be_chosen_by_name_and_by_pipeline' {
        (Get-PlexSnapshot 2025-*, 2024-12-29 @configuration).Count | Should -Be 5
        ('2025-03-08*', '2024-*' | Get-PlexSnapshot @configuration).Name | Should -Be 2025-03-08_040000, 2024-12-29
        Get-PlexSnapshot 1999-* @configuration | Should -BeNullOrEmpty
        { Get-PlexSnapshot 1999-01-01 @configuration -ErrorAction Stop } | Should -Throw -ErrorId 'SnapshotNotFound,*'
    }

    It 'Should_survive_a_round_trip_through_CSV' {
        $file = Join-Path $TestDrive 'snapshots.csv'
        $snapshots = Get-PlexSnapshot @configuration
        $snapshots | Export-Csv $file
        $read = Import-Csv $file
        $read.Name | Should -Be $snapshots.Name
        $read.KeptBecause | Should -Be $snapshots.KeptBecause
        [TimeSpan[]]$read.Age | Should -Be $snapshots.Age
    }

    It 'Should_be_removed_through_the_pipeline_in_one_run' {
        $before = (Get-PlexBackupHistory @configuration -Kind Prune).Count
        $run = Get-PlexSnapshot @configuration | Where-Object Name -lt 2025-03-08 | Remove-PlexSnapshot @configuration -Confirm:$false
        $run.Status | Should -Be 'Succeeded'
        $run.Kind | Should -Be 'Prune'
        Get-Left | Should -Be 2025-03-08_040000, 2025-03-09_040000, notes
        (Get-PlexBackupHistory @configuration -Kind Prune).Count | Should -Be ($before + 1)
        Join-Path $place.Target 'plex-current/Preferences.xml' | Should -Exist
    }

    It 'Should_stay_with_WhatIf' {
        $before = Get-Tree (Split-Path $place.Target)
        Get-PlexSnapshot @configuration | Where-Object Age -gt 90.00:00:00 | Remove-PlexSnapshot @configuration -WhatIf
        $plan = Remove-PlexSnapshot -ApplyRetention -KeepWeekly 1 @configuration -WhatIf
        $plan | Should -BeOfType RePlexOn.Snapshots.RetentionDecision
        ($plan | Where-Object IsKept).Snapshot | Should -Be 2025-03-09_040000
        $WhatIfPreference = $true
        (Remove-PlexSnapshot -ApplyRetention -KeepLast 9 @configuration).Count | Should -Be 5
        $WhatIfPreference = $false
        Get-Tree (Split-Path $place.Target) | Should -Be $before
    }

    It 'Should_be_removed_by_the_rules_once' {
        $run = Remove-PlexSnapshot -ApplyRetention -KeepWeekly 2 @configuration -Trigger Schedule -Confirm:$false
        $run.Status | Should -Be 'Succeeded'
        $run.Trigger | Should -Be 'Schedule'
        Get-Left | Should -Be 2025-03-02_040000, 2025-03-09_040000, notes
        (Remove-PlexSnapshot -ApplyRetention -KeepWeekly 2 @configuration).Message | Should -Be 'No snapshot had to go; 2 are kept.'
    }

    It 'Should_not_all_go_unless_forced' {
        $run = Get-PlexSnapshot @configuration | Remove-PlexSnapshot @configuration -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable trouble
        $run.Status | Should -Be 'Failed'
        $trouble.FullyQualifiedErrorId | Should -BeLike 'LastWholeSnapshot,*'
        (Get-PlexSnapshot @configuration).Count | Should -Be 5
        $null = Get-PlexSnapshot @configuration | Remove-PlexSnapshot @configuration -Confirm:$false -Force
        Get-Left | Should -Be notes
    }

    It 'Should_not_be_taken_for_none_where_the_target_does_not_answer' {
        { Get-PlexSnapshot @configuration -Target rsync://u@127.0.0.1:1/x -ErrorAction Stop } | Should -Throw -ErrorId 'TargetUnreachable,*'
        { Remove-PlexSnapshot -ApplyRetention @configuration -Target /proc/no-such -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'TargetFolderMissing,*'
    }

    It 'Should_refuse_a_name_that_is_none' {
        { Remove-PlexSnapshot '*' @configuration -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'SnapshotNameInvalid,*'
        (Get-PlexSnapshot @configuration).Count | Should -Be 5
    }
}
