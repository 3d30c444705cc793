BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
}

Describe 'Configuration cmdlets' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([Guid]::NewGuid())
        $place = Initialize-Sample $folder
        $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
    }

    It 'Should_set_up_from_paths_relative_to_the_current_location' {
        Push-Location $folder
        try {
            $result = Initialize-RePlexOn ./nas -Source 'Plex Media Server' -StateDirectory state -ConfigurationPath new/replexon.json
        }
        finally {
            Pop-Location
        }

        $result.Created | Should -BeTrue
        $result.ConfigurationPath | Should -Be (Join-Path $folder 'new/replexon.json')
        $result.Source | Should -Be $place.Source
        $result.Target | Should -Be $place.Target
        $result.Checks.Status | Select-Object -Unique | Should -Be 'Pass'
    }

    It 'Should_keep_a_password_in_a_file_of_its_own_and_nowhere_else' {
        $secret = 'not-to-be-seen'
        $credential = [pscredential]::new('plex', [Net.NetworkCredential]::new('', $secret).SecurePassword)
        $result = Initialize-RePlexOn @configuration -Target rsync://plex@127.0.0.1/plex -Credential $credential -SkipTargetTest -Verbose 4>&1
        $file = ($result | Where-Object { $_ -is [RePlexOn.Setup.SetupResult] }).PasswordFile
        Get-Content $file | Should -Be $secret
        (Get-Item $file).UnixMode | Should -Be '-rw-------'
        $result | Format-List * | Out-String | Should -Not -Match $secret
        Get-Content $place.ConfigurationPath -Raw | Should -Not -Match $secret
    }

    It 'Should_take_back_what_it_added_and_say_so_first' {
        $new = @{ ConfigurationPath = Join-Path $folder 'new/replexon.json' }
        $state = Join-Path $folder 'new state'
        $result = Initialize-RePlexOn @new -Target $place.Target -Source $place.Source -StateDirectory $state
        $result.Steps | Should -BeOfType RePlexOn.Setup.SetupStep
        $result | Out-String | Should -Match 'Added: configuration'
        Initialize-RePlexOn @new -Undo -Purge -WhatIf
        $new.ConfigurationPath | Should -Exist
        $steps = Initialize-RePlexOn @new -Undo -Purge -Confirm:$false
        $steps | Out-String | Should -Match 'Removed +history'
        $new.ConfigurationPath, $state, (Join-Path $folder 'new') | Should -Not -Exist
        $place.Target | Should -Exist
    }

    It 'Should_set_a_value_and_give_it_back_by_any_case_of_its_name' {
        $set = Set-RePlexOnConfiguration Backup.MaxShrinkPercent 40 @configuration -PassThru
        $set.Key | Should -BeExactly 'backup.maxShrinkPercent'
        (Get-RePlexOnConfiguration backup.maxs* @configuration).Value | Should -Be 40
    }

    It 'Should_go_back_to_the_default_for_null' {
        Set-RePlexOnConfiguration backup.maxShrinkPercent 40 @configuration
        Set-RePlexOnConfiguration backup.maxShrinkPercent $null @configuration
        (Get-RePlexOnConfiguration backup.maxShrinkPercent @configuration).IsSet | Should -BeFalse
    }

    It 'Should_copy_settings_through_the_pipeline' {
        Set-RePlexOnConfiguration backup.exclude (Write-Output '*.tmp' '*.bak') @configuration
        $other = Join-Path $folder 'other.json'
        Get-RePlexOnConfiguration @configuration | Where-Object IsSet | Set-RePlexOnConfiguration -ConfigurationPath $other
        (Get-RePlexOnConfiguration backup.exclude -ConfigurationPath $other).Value | Should -Be '*.tmp', '*.bak'
        (Get-RePlexOnConfiguration target -ConfigurationPath $other).Value | Should -Be $place.Target
    }

    It 'Should_go_on_with_the_next_object_after_a_wrong_one' {
        $names = [pscustomobject]@{ Key = 'no.such'; Value = 1 }, [pscustomobject]@{ Key = 'backup.timeoutSeconds'; Value = 77 }
        $names | Set-RePlexOnConfiguration @configuration -ErrorAction SilentlyContinue -ErrorVariable wrong
        $wrong.FullyQualifiedErrorId | Should -BeLike 'ConfigurationInvalid,*'
        $wrong.TargetObject | Should -Be 'no.such'
        (Get-RePlexOnConfiguration backup.timeoutSeconds @configuration).Value | Should -Be 77
    }

    It 'Should_complete_names_of_settings_and_say_what_they_do' {
        $line = 'Set-RePlexOnConfiguration shr'
        $match = (TabExpansion2 $line $line.Length).CompletionMatches
        $match.CompletionText | Should -Be 'backup.maxShrinkPercent'
        $match.ToolTip | Should -Match 'unmounted'
    }

    It 'Should_change_nothing_with_WhatIf' {
        $before = Get-Tree $folder
        Set-RePlexOnConfiguration backup.timeoutSeconds 77 @configuration -WhatIf
        Initialize-RePlexOn /elsewhere @configuration -WhatIf
        Get-Tree $folder | Should -Be $before
    }

    It 'Should_test_and_say_true_or_false' {
        Test-RePlexOnConfiguration @configuration -Quiet | Should -BeTrue
        Remove-Item (Join-Path $place.Source 'Preferences.xml')
        Test-RePlexOnConfiguration @configuration -Quiet | Should -BeFalse
        (Test-RePlexOnConfiguration @configuration | Where-Object Status -eq Fail).Id | Should -Contain 'RPX-CFG-002'
    }

    It 'Should_name_a_missing_file_and_the_way_on' {
        { Get-RePlexOnConfiguration -ConfigurationPath (Join-Path $folder 'none.json') -ErrorAction Stop } |
            Should -Throw -ErrorId 'ConfigurationMissing,*' -ExpectedMessage '*none.json*'
        $Error[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $Error[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
    }
}
