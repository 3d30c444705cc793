BeforeDiscovery {
    $isRoot = (id -u) -eq 0
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
    $space = "rpxp$PID"
    $memory = "/dev/shm/$([Guid]::NewGuid())"

    # Runs a script in a PowerShell in a network of its own, with an /etc of its own in memory over the real one.
    function Invoke-Inside([string] $Script) {
        $output = ip netns exec $space unshare --mount sh -c "mount -t overlay overlay -o lowerdir=/etc,upperdir=$memory/upper,workdir=$memory/work /etc && exec `"`$@`"" sh `
            pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; Import-Module '$root/out/RePlexOn'; $Script"
        if ($LASTEXITCODE -ne 0) { throw "It ended with exit code $LASTEXITCODE`: $output" }
        $output
    }
}

Describe 'The firewall' -Skip:(-not $isRoot) {
    BeforeAll {
        $null = New-Item -ItemType Directory "$memory/upper", "$memory/work"
        ip netns add $space
        ip -n $space link set lo up
        Set-Content "$TestDrive/list.csv" '198.51.100.0,198.51.100.255,GB', '2001:db8::/32,FR'

        $seen = Invoke-Inside @"
            `$seen = [ordered]@{}
            `$before = nft list ruleset | Out-String
            `$seen.Preview = Set-PlexFirewallRateLimit 120 -WhatIf
            `$seen.Untouched = `$before -eq (nft list ruleset | Out-String) -and -not (Get-PlexFirewallRateLimit)
            `$limit = Set-PlexFirewallRateLimit 120 -Burst 30 -Concurrent 20
            `$once = nft -s list ruleset | Out-String
            `$null = Set-PlexFirewallRateLimit 120 -Burst 30 -Concurrent 20
            `$seen.Same = `$once -eq (nft -s list ruleset | Out-String)
            `$seen.Type = `$limit.GetType().FullName
            `$seen.Table = `$limit | Format-Table | Out-String
            `$seen.List = `$limit | Format-List | Out-String
            `$rule = Set-PlexFirewallCountryRule Allow UK '$TestDrive/*.csv' -WarningVariable warned -WarningAction SilentlyContinue
            `$seen.Warned = "`$warned"
            `$seen.Countries = `$rule.Countries
            `$seen.RuleTable = Get-PlexFirewallCountryRule | Format-Table | Out-String
            `$seen.RuleList = Get-PlexFirewallCountryRule | Format-List | Out-String
            `$blocked = [pscustomobject]@{ Address = '203.0.113.7' }, [pscustomobject]@{ Address = '2001:db8::7' } | Block-PlexAddress -Duration 1:00 -Reason 'it''s tried'
            `$seen.Blocked = `$blocked | ForEach-Object Address
            `$seen.Minutes = [int](`$blocked[0].ExpiresAt - `$blocked[0].BlockedAt).TotalMinutes
            `$seen.BlockedTable = Get-PlexBlockedAddress | Format-Table | Out-String
            `$seen.BlockedList = Get-PlexBlockedAddress | Format-List | Out-String
            try { Block-PlexAddress 192.168.1.1 -ErrorAction Stop } catch { `$seen.Protected = `$_.FullyQualifiedErrorId }
            `$seen.Forced = (Block-PlexAddress 192.168.1.1 -Force -WarningAction SilentlyContinue).Address
            Get-PlexBlockedAddress | Unblock-PlexAddress
            `$seen.Left = @(Get-PlexBlockedAddress).Count
            Unblock-PlexAddress 203.0.113.9 -WarningVariable warned -WarningAction SilentlyContinue
            `$seen.NotBlocked = "`$warned"
            Remove-PlexFirewallCountryRule -WhatIf
            `$seen.Kept = [bool](Get-PlexFirewallCountryRule)
            Remove-PlexFirewallCountryRule
            Remove-PlexFirewallRateLimit
            Remove-PlexFirewallRateLimit
            `$seen.Gone = `$before -eq (nft list ruleset | Out-String)
            `$seen | ConvertTo-Json
"@ | Where-Object { $_ -notmatch '^What if: ' } | Out-String
        $seen = $seen.Substring($seen.LastIndexOf("`n{") + 1) | ConvertFrom-Json
    }

    AfterAll {
        ip netns delete $space
        Remove-Item $memory -Recurse -Force
    }

    It 'Should_show_the_rules_and_change_nothing_with_WhatIf' {
        $seen.Preview | Should -Match 'limit rate over 120/minute'
        $seen.Untouched | Should -BeTrue
        $seen.Kept | Should -BeTrue
    }

    It 'Should_limit_and_be_the_same_after_the_second_time' {
        $seen.Type | Should -Be 'RePlexOn.Security.Firewall.RateLimitStatus'
        $seen.Same | Should -BeTrue
    }

    It 'Should_take_UK_for_GB_with_a_warning' {
        $seen.Countries | Should -Be GB
        $seen.Warned | Should -Match 'GB is meant'
        $seen.Warned | Should -Match 'nobody outside the LAN can connect by IPv6'
    }

    It 'Should_block_from_the_pipeline_and_unblock' {
        $seen.Blocked | Should -Be '203.0.113.7', '2001:db8::/64'
        $seen.Minutes | Should -Be 60
        $seen.Left | Should -Be 0
        $seen.NotBlocked | Should -Match 'not blocked'
    }

    It 'Should_block_the_lan_only_where_forced' {
        $seen.Protected | Should -Be 'AddressProtected,RePlexOn.Cmdlets.Firewall.BlockPlexAddressCommand'
        $seen.Forced | Should -Be '192.168.1.1'
    }

    It 'Should_leave_nothing_when_the_last_rule_is_removed' {
        $seen.Gone | Should -BeTrue
        Get-ChildItem "$memory/upper" -Recurse -File | Should -BeNullOrEmpty
    }

    It 'Should_look_well_in_tables_and_lists' {
        $seen.Table | Should -Match '120\s+30\s+20\s+32400'
        $seen.List | Should -Match 'Kept over a restart\s+: True'
        $seen.RuleTable | Should -Match 'Allow\s+GB\s+1\s+0'
        $seen.RuleList | Should -Match 'list\.csv'
        $seen.BlockedTable | Should -Match '2001:db8::/64'
        $seen.BlockedList | Should -Match "Reason\s+: it's tried"
    }
}
