BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')

    # What rsync would change in one folder to make it as the other; the databases are left out, and what no backup holds.
    function Compare-Tree([string] $One, [string] $Other) {
        rsync -aHnc --delete --itemize-changes --exclude=/.replexon/ --exclude='/Plug-in Support/Databases/*.db' --exclude=/Cache/ `
            --exclude=/Codecs/ '--exclude=/Crash Reports/' --exclude=/Diagnostics/ --exclude=/Drivers/ --exclude=/Logs/ --exclude=/Updates/ `
            '--exclude=/Plug-in Support/Caches/' '--exclude=/Plug-in Support/Databases/dbtmp/' --exclude=/.LocalAdminToken `
            --exclude=/plexmediaserver.pid "$One/" "$Other/"
    }
}

Describe 'Restore-PlexBackup' {
    BeforeEach {
        $place = Initialize-Sample (Join-Path $TestDrive ([Guid]::NewGuid()))
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
        $snapshot = New-PlexSnapshot @configuration
        $restored = Join-Path (Split-Path $place.Source) 'restored'
    }

    It 'Should_restore_the_snapshot_that_comes_through_the_pipeline' {
        $run = Get-PlexSnapshot @configuration | Select-Object -First 1 |
            Restore-PlexBackup @configuration -DestinationPath $restored
        $run.Kind | Should -Be 'Restore'
        $run.Status | Should -Be 'Succeeded'
        $run.FilesTotal | Should -Be $snapshot.Files
        $run.Message | Should -BeLike "*the snapshot $($snapshot.Name)*"
        Compare-Tree $place.Source $restored | Should -BeNullOrEmpty
        (Get-PlexBackupHistory @configuration -Last 1).Kind | Should -Be 'Restore'
    }

    It 'Should_restore_the_mirror_without_a_name_to_a_path_of_PowerShells_own' {
        Push-Location (Split-Path $restored)
        try {
            $null = Restore-PlexBackup @configuration -DestinationPath ./restored -Part Preferences, Plug-ins -Confirm:$false
        }
        finally {
            Pop-Location
        }
        (Get-ChildItem $restored).Name | Should -Be 'Plug-in Support', 'Plug-ins', 'Preferences.xml'
    }

    It 'Should_restore_in_place_and_take_it_back' {
        Set-Content (Join-Path $place.Source 'Preferences.xml') '<Preferences/>'
        $log = Join-Path $TestDrive 'commands'
        $commands = @{ StopCommand = 'sh', '-c', 'echo stop >> "$1"', 'sh', $log; StartCommand = 'sh', '-c', 'echo start >> "$1"', 'sh', $log }
        $run = Restore-PlexBackup @configuration -InPlace @commands -Confirm:$false
        $run.Status | Should -Be 'Succeeded'
        $run.Message | Should -BeLike '*Restore-PlexBackup -Undo*'
        Get-Content $log | Should -Be stop, start
        Join-Path $place.Source 'Preferences.xml' | Should -FileContentMatch 'ProcessedMachineIdentifier'
        (Restore-PlexBackup @configuration -Undo -Confirm:$false).Status | Should -Be 'Succeeded'
        Get-Content (Join-Path $place.Source 'Preferences.xml') | Should -Be '<Preferences/>'
    }

    It 'Should_show_the_plan_and_change_nothing_with_WhatIf' {
        $before = Get-Tree (Split-Path $place.Source)
        $plan = Restore-PlexBackup @configuration -InPlace -WhatIf
        $null = Restore-PlexBackup @configuration -DestinationPath $restored -WhatIf
        Restore-PlexBackup @configuration -Undo -WhatIf | Should -BeNullOrEmpty
        $plan | Should -BeOfType RePlexOn.Restore.RestorePlan
        $plan.InPlace | Should -BeTrue
        $plan.Parts.Part | Should -Be Databases, Media, Metadata, Plug-ins, Preferences
        ($plan.Parts | Where-Object Part -eq Preferences).FilesKeptAside | Should -Be 1
        ($plan | Out-String) | Should -Match 'Metadata: \d+ files, .* would be fetched, \d+ files, .* kept aside'
        Get-Tree (Split-Path $place.Source) | Should -Be $before
    }

    It 'Should_name_who_uses_the_directory' {
        $holder = Start-Process sleep 60 -WorkingDirectory $place.Source -PassThru
        try {
            { Restore-PlexBackup @configuration -InPlace -Confirm:$false -ErrorAction Stop } |
                Should -Throw "*sleep (process $($holder.Id))*" -ErrorId 'PlexIsRunning,*'
        }
        finally {
            Stop-Process $holder
        }
    }

    It 'Should_complete_the_names_of_parts' {
        $line = 'Restore-PlexBackup -InPlace -Part P'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be Preferences, Plug-ins
    }

    It 'Should_refuse_half_a_choice' {
        { Restore-PlexBackup @configuration -InPlace -StopCommand true -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'PlexServiceUnknown,*'
        { Restore-PlexBackup @configuration -InPlace -PlexService initd -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'PlexServiceUnknown,*'
        { Restore-PlexBackup @configuration -InPlace -Part Cache -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'PartUnknown,*'
    }
}
