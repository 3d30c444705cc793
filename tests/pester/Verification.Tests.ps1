BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
}

Describe 'A verification' {
    BeforeAll {
        $place = Initialize-Sample (Join-Path $TestDrive 'verify') -Files 20
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
        $mirror = Join-Path $place.Target 'plex-current'
        $preferences = Join-Path $mirror 'Preferences.xml'
    }

    It 'Should_say_that_there_is_nothing_yet' {
        $result = Test-PlexBackup @configuration -ErrorVariable trouble -ErrorAction SilentlyContinue
        $result.IsGood | Should -BeFalse
        $trouble[0].FullyQualifiedErrorId | Should -BeLike 'NothingToVerify,*'
        Test-PlexBackup @configuration -Quiet -ErrorAction SilentlyContinue | Should -BeFalse
    }

    It 'Should_find_a_good_mirror_good_at_depth_<_>' -ForEach Quick, Sample, Full {
        $null = Invoke-PlexBackup @configuration
        $result = Test-PlexBackup @configuration -Depth $_
        $result | Should -BeOfType RePlexOn.Verification.VerificationResult
        $result.IsGood | Should -BeTrue
        $result.What | Should -Be 'mirror'
        $result.FilesChecked | Should -BeGreaterThan 20
        (Get-PlexBackupStatus @configuration).LastVerification.Pass | Should -Be $_
        (Get-PlexBackupStatus @configuration).LastVerifiedAt | Should -Be $result.Run.EndedAt
    }

    It 'Should_say_true_alone_when_asked_to' {
        Test-PlexBackup @configuration -Depth Quick -Quiet | Should -BeExactly $true
    }

    It 'Should_take_names_from_the_pipeline' {
        $results = [pscustomobject]@{ Name = 'mirror' }, [pscustomobject]@{ Name = '2020-01-01_000000' } |
            Test-PlexBackup @configuration -Depth Quick -ErrorVariable trouble -ErrorAction SilentlyContinue
        $results.What | Should -Be 'mirror', '2020-01-01_000000'
        $results.IsGood | Should -Be $true, $false
        $trouble[0].FullyQualifiedErrorId | Should -BeLike 'SnapshotNotFound,*'
    }

    It 'Should_name_what_is_damaged_and_keep_it_in_the_history' {
        $bytes = [IO.File]::ReadAllBytes($preferences)
        $bytes[40] = $bytes[40] -bxor 4
        $time = (Get-Item $preferences).LastWriteTimeUtc
        [IO.File]::WriteAllBytes($preferences, $bytes)
        (Get-Item $preferences).LastWriteTimeUtc = $time
        Test-PlexBackup @configuration -Depth Quick -Quiet | Should -BeTrue -Because 'no content is read'
        $result = Test-PlexBackup @configuration -Depth Full
        $result.IsGood | Should -BeFalse
        $result.Findings | Should -BeOfType RePlexOn.Verification.VerificationFinding
        $result.Findings.Path | Should -Be 'Preferences.xml'
        $result.Findings.Kind | Should -Be 'Different'
        $row = Get-PlexBackupHistory @configuration -Kind Verify -Last 1
        $row.ExitCode | Should -Be 'VerificationFailed'
        $row.Warnings | Should -BeLike '*Preferences.xml*'
        $result | Out-String | Should -Match 'not good'
        $result.Findings | Out-String | Should -Match 'Preferences\.xml'
        (Get-PlexBackupStatus @configuration).Health | Should -Be 'Failing'
        Get-PlexBackupStatus @configuration | Out-String | Should -Match 'Verified +: .*not good'
    }

    It 'Should_be_put_right_by_the_next_backup' {
        (Invoke-PlexBackup @configuration).Pass | Should -Be 'FullByContent'
        Test-PlexBackup @configuration -Depth Full -Quiet | Should -BeTrue
    }
}
