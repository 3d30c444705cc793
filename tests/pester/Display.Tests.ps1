BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    Import-Module (Join-Path $root 'out/RePlexOn')
    $types = (Get-Command -Module RePlexOn).OutputType.Name | Where-Object { $_ -like 'RePlexOn.*' } | Sort-Object -Unique
}

Describe 'What people see' {
    It 'Should_show_<Seconds>_seconds_as_<Text>' -ForEach @(
        @{ Seconds = 0; Text = '0.0s' }
        @{ Seconds = 3.94; Text = '3.9s' }
        @{ Seconds = 252; Text = '4m 12s' }
        @{ Seconds = 3780; Text = '1h 03m' }
        @{ Seconds = 1051200; Text = '12d 4h' }) {
        [RePlexOn.Cmdlets.Display]::Duration([TimeSpan]::FromSeconds($Seconds)) | Should -Be $Text
    }

    It 'Should_show_nothing_for_what_is_not_known' {
        [RePlexOn.Cmdlets.Display]::Duration($null) + [RePlexOn.Cmdlets.Display]::Size($null) +
            [RePlexOn.Cmdlets.Display]::Moment($null) + [RePlexOn.Cmdlets.Display]::Value($null) | Should -Be ''
    }

    It 'Should_show_a_moment_in_local_time' {
        $moment = [DateTimeOffset]'2026-11-21T19:04:51+05:00'
        [RePlexOn.Cmdlets.Display]::Moment($moment) | Should -Be $moment.LocalDateTime.ToString('yyyy-MM-dd HH:mm:ss')
    }

    It 'Should_colour_<Status>_by_the_<Colour>_that_the_user_has_chosen' -ForEach @(
        @{ Status = [RePlexOn.History.RunStatus]::Succeeded; Colour = 'green' }
        @{ Status = [RePlexOn.Checks.CheckStatus]::Fail; Colour = 'colour of errors' }
        @{ Status = [RePlexOn.Backup.BackupHealth]::NeverRun; Colour = 'colour of warnings' }) {
        $style = [pscustomobject]@{
            Foreground = [pscustomobject]@{ Green = '<green>' }
            Formatting = [pscustomobject]@{ Error = '<colour of errors>'; Warning = '<colour of warnings>' }
            Reset      = '<reset>'
        }
        [RePlexOn.Cmdlets.Display]::Status($Status, $style) | Should -Be "<$Colour>$Status<reset>"
    }

    It 'Should_have_a_table_and_a_list_for_<_>' -ForEach $types {
        $controls = (Get-FormatData $_).FormatViewDefinition.Control
        $controls.Where({ $_ -is [Management.Automation.TableControl] }) | Should -HaveCount 1
        $controls.Where({ $_ -is [Management.Automation.ListControl] }) | Should -HaveCount 1
    }
}
