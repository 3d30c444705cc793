BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
    $token = 'plantedTOKEN-of-the-server'
    $place = Initialize-Sample (Join-Path $TestDrive 'audit') -Files 10
    $preferences = Join-Path $place.Source 'Preferences.xml'
    $env:REPLEXON_CONFIG = $place.ConfigurationPath
    $settings = Get-Content $place.ConfigurationPath -Raw | ConvertFrom-Json -AsHashtable
    $settings.audit = @{ serverUrl = 'http://127.0.0.1:1' }
    $settings | ConvertTo-Json | Set-Content $place.ConfigurationPath

    function Write-Preference([string] $Attributes) {
        Set-Content $preferences "<Preferences MachineIdentifier=`"11111111-2222-3333-4444-555555555555`" PlexOnlineToken=`"$token`" $Attributes/>"
        chmod 600 $preferences
    }
}

AfterAll {
    $env:REPLEXON_CONFIG = $null
}

Describe 'Test-PlexSecurity' {
    BeforeEach {
        Write-Preference 'DlnaEnabled="1"'
    }

    It 'Should_return_checks' {
        $checks = Test-PlexSecurity
        $checks | Should -BeOfType RePlexOn.Checks.Check
        $checks.Count | Should -BeGreaterOrEqual 30
        ($checks | Where-Object Id -eq 'RPX-NET-010').Status | Should -Be 'Fail'
        ($checks | Format-List * | Out-String) + ($checks | Out-String) + ($checks | ConvertTo-Json) | Should -Not -Match $token
    }

    It 'Should_choose_by_id_category_and_severity' {
        (Test-PlexSecurity -Id RPX-NET-010, RPX-LOG-001).Id | Should -Be 'RPX-NET-010', 'RPX-LOG-001'
        (Test-PlexSecurity -Category Files, Logging).Category | Sort-Object -Unique | Should -Be 'Files', 'Logging'
        (Test-PlexSecurity -MinimumSeverity Critical).Severity | Sort-Object -Unique | Should -Be 'Critical'
        { Test-PlexSecurity -Id RPX-NET-999 -ErrorAction Stop } | Should -Throw -ErrorId 'AuditCheckUnknown,*'
    }

    It 'Should_answer_with_a_Boolean' {
        Test-PlexSecurity -Id RPX-NET-010 -Quiet | Should -BeFalse
        Test-PlexSecurity -Id RPX-LOG-001 -Quiet | Should -BeTrue
    }

    It 'Should_sum_up_and_show_what_changed' {
        $null = Test-PlexSecurity
        Write-Preference 'DlnaEnabled="0"'
        $summary = Test-PlexSecurity -Summary
        $summary.Score | Should -BeIn (0..100)
        $summary.Changed.Id | Should -Be 'RPX-NET-010'
        $summary | Out-String | Should -Match 'RPX-NET-010 DLNA is off: Fail -> Pass'
    }

    It 'Should_write_SARIF' {
        $sarif = Test-PlexSecurity -Id RPX-NET-010 -Sarif | ConvertFrom-Json
        $sarif.version | Should -Be '2.1.0'
        $sarif.runs[0].results[0].ruleId | Should -Be 'RPX-NET-010'
    }

    It 'Should_look_at_a_file_alone' {
        $file = Join-Path $TestDrive 'other.xml'
        Set-Content $file '<Preferences allowedNetworks="10.0.0.0/8"/>'
        (Test-PlexSecurity -PreferencesPath $file | Where-Object Status -eq 'Fail').Id | Should -Be 'RPX-NET-002'
    }

    It 'Should_complete_ids_and_categories' {
        $text = 'Test-PlexSecurity -Id RPX-TLS'
        $found = [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches
        $found.CompletionText | Should -Contain 'RPX-TLS-001'
        ($found | Where-Object CompletionText -eq 'RPX-TLS-001').ToolTip | Should -Be 'Connections are encrypted'
    }
}

Describe 'Protect-PlexServer' {
    BeforeEach {
        Write-Preference 'DlnaEnabled="1" LogTokensForDebug="1" autoEmptyTrash="1"'
        $before = Get-FileHash $preferences
        $options = @{ Category = 'Network', 'Logging', 'Library' }
    }

    It 'Should_show_each_change_and_make_none_by_WhatIf' {
        $log = Join-Path $TestDrive 'whatif.txt'
        Start-Transcript $log | Out-Null
        $made = Protect-PlexServer @options -WhatIf
        Stop-Transcript | Out-Null
        $made | Should -BeNullOrEmpty
        $said = Get-Content $log -Raw
        $said | Should -Match 'Change from 1 to 0 \(RPX-NET-010: DLNA is off\)'
        $said | Should -Not -Match $token
        (Get-FileHash $preferences).Hash | Should -Be $before.Hash
    }

    It 'Should_change_and_take_back' {
        $made = Protect-PlexServer @options -Confirm:$false
        $made | Should -BeOfType RePlexOn.Security.Audit.ProtectionChange
        $made.Subject | Should -Be 'DlnaEnabled', 'LogTokensForDebug'
        ($made | Out-String) + ($made | Format-List | Out-String) | Should -Match 'LogTokensForDebug'
        ([xml](Get-Content $preferences -Raw)).Preferences.DlnaEnabled | Should -Be '0'
        Protect-PlexServer @options -Confirm:$false | Should -BeNullOrEmpty
        (Protect-PlexServer -Undo -Confirm:$false).Subject | Should -Be 'DlnaEnabled', 'LogTokensForDebug'
        (Get-FileHash $preferences).Hash | Should -Be $before.Hash
        { Protect-PlexServer -Undo -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'NothingToUndo,*'
    }

    It 'Should_put_warnings_right_when_asked' {
        (Protect-PlexServer -Category Library -IncludeWarning -Confirm:$false).Subject | Should -Contain 'autoEmptyTrash'
        $null = Protect-PlexServer -Undo -Confirm:$false
    }
}
