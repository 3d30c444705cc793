BeforeDiscovery {
    $hasFail2ban = [bool](Get-Command fail2ban-client, fail2ban-regex -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
}

Describe 'The jail' -Skip:(-not $hasFail2ban) {
    BeforeAll {
        $folder = Join-Path $TestDrive 'fail2ban'
        'jail.d', 'filter.d', 'action.d' | ForEach-Object { $null = New-Item -ItemType Directory (Join-Path $folder $_) }
        Set-Content (Join-Path $folder 'fail2ban.conf') @"
[DEFAULT]
loglevel = INFO
logtarget = STDERR
syslogsocket = auto
socket = $TestDrive/socket
pidfile = $TestDrive/pid
dbfile = None
dbpurgeage = 1d
"@
        $log = Join-Path $TestDrive 'Plex Media Server.log'
        $at = [datetime]::Now.ToString('MMM dd, yyyy HH:mm:ss.fff', [cultureinfo]::InvariantCulture)
        Set-Content $log "$at [1365] DEBUG - Completed: [203.0.113.9:6000] 401 GET /accounts (4 live) #1 TLS GZIP 12ms 436 bytes"
        $configuration = Join-Path $TestDrive 'replexon.json'
        Set-Content $configuration '{}'
        $own = @{ ConfigurationPath = $configuration; Fail2banPath = $folder }

        function Get-Own { Get-ChildItem $folder -Recurse -Filter replexon* }
    }

    It 'Should_not_be_there_after_WhatIf' {
        Install-PlexFail2banJail -LiteralPath $log -WhatIf @own | Should -BeNullOrEmpty
        Get-Own | Should -BeNullOrEmpty
    }

    It 'Should_be_installed_tested_and_taken_back' {
        $change = Install-PlexFail2banJail -LiteralPath $log @own -WarningVariable warning -WarningAction SilentlyContinue
        $change.Kind | Should -Be Installed
        $warning | Should -Match 'fail2ban does not run'
        Get-Own | Should -HaveCount 3
        (Install-PlexFail2banJail -LiteralPath $log @own).Kind | Should -Be Unchanged

        (Get-PlexFail2banStatus @own).IsInstalled | Should -BeTrue
        $checks = Test-PlexFail2banJail -LiteralPath $log @own
        $checks.Status | Should -Be Fail, Pass, Pass, Pass, Pass
        $checks[3].Evidence | Should -Match '1 refusals that count; nobody would have been banned'
        Test-PlexFail2banJail -LiteralPath $log -Quiet @own | Should -BeFalse

        Uninstall-PlexFail2banJail -WhatIf @own
        Get-Own | Should -HaveCount 3
        (Uninstall-PlexFail2banJail @own).Kind | Should -Be Removed
        Get-Own | Should -BeNullOrEmpty
    }

    It 'Should_be_told_to_install_fail2ban_first' {
        Install-PlexFail2banJail -LiteralPath $log -ConfigurationPath $configuration -Fail2banPath (Join-Path $TestDrive 'none') -ErrorVariable trouble -ErrorAction SilentlyContinue
        $trouble.FullyQualifiedErrorId | Should -BeLike 'Fail2banNotFound,*'
    }
}
