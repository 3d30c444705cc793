BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
    $token = 's3cr3tTokenAbcDef123'

    # A request and its answer, as Plex writes them.
    function Add-Request([string] $Peer, [int] $Status, [string] $What, [string] $User = '', [int] $Count = 1) {
        foreach ($i in 1..$Count) {
            $script:moment = $moment.AddSeconds(1)
            $at = $moment.ToString('MMM dd, yyyy HH:mm:ss.fff', [cultureinfo]::InvariantCulture)
            Add-Content $log "$at [1365] DEBUG - Request: [$Peer (WAN)] $What (4 live) #$($moment.Ticks) TLS GZIP Signed-in Token ($User)"
            Add-Content $log "$at [1365] DEBUG - Completed: [$Peer] $Status $What (4 live) #$($moment.Ticks) TLS GZIP 12ms 436 bytes"
        }
    }
}

Describe 'Who comes to the server' {
    BeforeAll {
        $log = Join-Path $TestDrive 'Plex Media Server.log'
        $configuration = Join-Path $TestDrive 'replexon.json'
        @{ stateDirectory = Join-Path $TestDrive 'state' } | ConvertTo-Json | Set-Content $configuration
        $own = @{ ConfigurationPath = $configuration; LiteralPath = $log }
        $script:moment = [datetime]'2026-02-06 12:00'
        Add-Request -Peer '198.51.100.20:5000' -Status 200 -What "GET /hubs?X-Plex-Token=$token" -User 'guest'
        Add-Request -Peer '198.51.100.20:5000' -Status 401 -What 'GET /' -Count 30
        Add-Request -Peer '203.0.113.9:6000' -Status 401 -What 'GET /accounts' -Count 20
        Add-Request -Peer '[2001:db8::9]:7000' -Status 404 -What "GET /web/../../etc/passwd?X-Plex-Token=$token"
    }

    It 'Should_be_told_request_by_request' {
        $events = Get-PlexAccessEvent @own
        $events | Should -HaveCount 52
        $events[0].User | Should -Be 'guest'
        $events[0].Duration.TotalMilliseconds | Should -Be 12
        $events | Should -BeOfType RePlexOn.Security.AccessLog.AccessEvent
        Get-PlexAccessEvent -Last 1 @own | ForEach-Object Address | Should -Be '2001:db8::9'
        Get-PlexAccessEvent -Status 200 @own | Should -HaveCount 1
        Get-PlexAccessEvent -Suspicious @own | ForEach-Object Reason | Should -Be Traversal
        Get-Item $log | Get-PlexAccessEvent -Address 203.0.113.9 -ConfigurationPath $configuration | Should -HaveCount 20
    }

    It 'Should_be_suspicious_for_what_no_client_does' {
        $found = Get-PlexSuspiciousAccess @own
        $found | ForEach-Object Address | Should -Be '203.0.113.9', '2001:db8::9'
        $found[0].Reasons | Should -Be RefusedSignIn
        $found[0].Requests | Should -Be 20
        $found[0].Advice | Should -Match 'Block-PlexAddress 203.0.113.9'
        $found | Get-PlexAccessEvent @own | Should -HaveCount 21
    }

    It 'Should_be_told_of_once_by_a_watch' {
        Watch-PlexAccess -Once @own | ForEach-Object Address | Should -Be '203.0.113.9', '2001:db8::9'
        Watch-PlexAccess -Once @own | Should -BeNullOrEmpty
        Add-Request -Peer '203.0.113.9:6000' -Status 401 -What 'GET /accounts' -Count 5
        Watch-PlexAccess -Once @own | Should -BeNullOrEmpty
        $kept = Get-PlexSuspiciousAccess -Recorded -ConfigurationPath $configuration
        ($kept | Where-Object Address -EQ '203.0.113.9').Requests | Should -Be 25
    }

    It 'Should_come_as_they_happen' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$root/out/RePlexOn'; Watch-PlexAccess -LiteralPath '$log' -ConfigurationPath '$configuration'")
            $output = [Management.Automation.PSDataCollection[psobject]]::new()
            $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
            Wait-Until { $shell.InvocationStateInfo.State -ne 'NotStarted' }
            Add-Request -Peer '203.0.113.77:6000' -Status 404 -What 'GET /web/../../etc/passwd'
            Wait-Until { $output.Count -ge 1 }
            $output[0].Address | Should -Be '203.0.113.77'
        }
        finally {
            $shell.Stop()
            $shell.Dispose()
        }
    }

    It 'Should_show_no_token_anywhere' {
        $shown = (Get-PlexAccessEvent @own), (Get-PlexSuspiciousAccess @own), (Get-PlexSuspiciousAccess -Recorded -ConfigurationPath $configuration) |
            ForEach-Object { $_ | ConvertTo-Json -Depth 5; $_ | Format-List | Out-String; $_ | Format-Table | Out-String }
        $shown | Out-String | Should -Not -Match $token
    }

    It 'Should_say_that_there_is_no_log' {
        Get-PlexSuspiciousAccess -LiteralPath (Join-Path $TestDrive 'none.log') -ConfigurationPath $configuration -ErrorVariable trouble -ErrorAction SilentlyContinue
        $trouble.FullyQualifiedErrorId | Should -BeLike 'PlexLogMissing,*'
    }
}
