BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    Import-Module (Join-Path $root 'out/RePlexOn')
    $commands = Get-Command -Module RePlexOn
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
}

Describe 'The module' {
    It 'Should_import_in_a_fresh_session' {
        Invoke-Fresh "Import-Module '$root/out/RePlexOn'; (Get-Module RePlexOn).Version.ToString()" | Should -Be (Get-Module RePlexOn).Version
    }

    It 'Should_import_again_after_it_was_removed' {
        $script = "1..2 | ForEach-Object { Import-Module '$root/out/RePlexOn' -Force }; Remove-Module RePlexOn;
            Import-Module '$root/out/RePlexOn'; (Get-Command -Module RePlexOn).Count"
        Invoke-Fresh $script | Should -Be (Get-Command -Module RePlexOn).Count
    }

    It 'Should_load_no_library_of_SQLite_at_import' {
        $loaded = Invoke-Fresh "Import-Module '$root/out/RePlexOn'; Get-Content /proc/self/maps"
        ($loaded -match 'RePlexOn\.Cmdlets\.dll') | Should -Not -BeNullOrEmpty
        ($loaded -match '(?i)sqlite') | Should -BeNullOrEmpty
    }

    It 'Should_export_what_the_manifest_names' {
        $manifest = Import-PowerShellDataFile (Join-Path $root 'RePlexOn.psd1')
        (Get-Command -Module RePlexOn).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        $manifest.FunctionsToExport + $manifest.AliasesToExport + $manifest.VariablesToExport | Should -BeNullOrEmpty
    }

    It 'Should_have_the_version_of_the_project' {
        $project = [xml](Get-Content (Join-Path $root 'Directory.Build.props') -Raw)
        (Get-Module RePlexOn).Version | Should -Be $project.SelectSingleNode('//Version').InnerText
    }

    It 'Should_have_a_manifest_that_PowerShell_accepts' {
        (Test-ModuleManifest (Join-Path $root 'out/RePlexOn/RePlexOn.psd1')).Name | Should -Be 'RePlexOn'
    }

    It 'Should_let_scripts_name_<_>' -ForEach @(
        'RePlexOn.Alerts.AlertKind', 'RePlexOn.Alerts.AlertRecord', 'RePlexOn.Backup.BackupHealth', 'RePlexOn.Backup.BackupStatus', 'RePlexOn.Backup.PlannedChange', 'RePlexOn.ByteSize'
        'RePlexOn.Checks.Check', 'RePlexOn.Checks.CheckStatus', 'RePlexOn.Configuration.SettingValue', 'RePlexOn.ExitCode'
        'RePlexOn.History.BackupRun', 'RePlexOn.History.RunKind', 'RePlexOn.History.RunStatus', 'RePlexOn.RePlexOnException'
        'RePlexOn.Legacy.LegacyImportResult', 'RePlexOn.Plex.PlexInstallation', 'RePlexOn.Setup.SetupResult', 'RePlexOn.Reports.ReportResult', 'RePlexOn.Setup.SetupStep', 'RePlexOn.Security.AccessLog.AccessEvent', 'RePlexOn.Security.AccessLog.SuspiciousAccess', 'RePlexOn.Security.Fail2ban.Fail2banStatus'
        'RePlexOn.Security.Docker.DockerIssue', 'RePlexOn.Snapshots.PlexSnapshot', 'RePlexOn.Snapshots.RetentionDecision', 'RePlexOn.Snapshots.SnapshotState', 'RePlexOn.Security.Firewall.BlockedAddress', 'RePlexOn.Security.Firewall.RateLimitStatus', 'RePlexOn.Security.Audit.ProtectionChange', 'RePlexOn.Security.Audit.SecurityAuditResult') {
        ($_ -as [type]).FullName | Should -Be $_
    }
}

Describe '<_.Name>' -ForEach $commands {
    It 'Should_use_an_approved_verb' {
        (Get-Verb).Verb | Should -Contain $_.Verb
    }

    It 'Should_say_what_it_returns_in_types_that_scripts_can_name' {
        $_.OutputType | Should -Not -BeNullOrEmpty
        foreach ($type in $_.OutputType) { $type.Name -as [type] | Should -Not -BeNullOrEmpty -Because $type.Name }
    }

    It 'Should_ask_before_it_changes_anything' {
        $changes = $_.Verb -in 'Backup', 'Block', 'Export', 'Import', 'Initialize', 'Install', 'Invoke', 'New', 'Protect', 'Register', 'Remove', 'Restore', 'Send', 'Set', 'Unblock', 'Uninstall', 'Unregister'
        $_.Parameters.ContainsKey('WhatIf') | Should -Be $changes
    }
}
