BeforeDiscovery {
    $hasDocker = (id -u) -eq 0 -and (Get-Command dockerd, docker, busybox -CommandType Application -ErrorAction Ignore).Count -ge 3
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
    $secret = 'hunter2-uniquely-planted'
    $inspected = @"
[{
  "Id": "7d3a", "Name": "/plex",
  "Config": { "Image": "plexinc/pms-docker:1.42", "User": "", "Env": ["PLEX_UID=1000", "PLEX_CLAIM=$secret", "TZ=UTC"] },
  "HostConfig": { "Memory": 4294967296, "PidsLimit": null, "SecurityOpt": ["no-new-privileges"], "CapAdd": null },
  "Mounts": [{ "Type": "bind", "Source": "/etc/ssl", "Destination": "/certs", "RW": true }]
},
{ "Id": "9f01", "Name": "/web", "Config": { "Image": "nginx:1.27", "User": "101" },
  "HostConfig": { "Memory": 1, "PidsLimit": 1, "SecurityOpt": ["no-new-privileges"], "Privileged": true } }]
"@
    $expected = 'plex RPX-DKR-009', 'plex RPX-DKR-015', 'plex RPX-DKR-021', 'web RPX-DKR-002'

    function Get-Found($Issue) { $Issue | ForEach-Object { "$($_.Container) $($_.Id)" } }
}

Describe 'What docker inspect prints' {
    BeforeAll {
        $file = Join-Path $TestDrive 'inspect.json'
        Set-Content $file $inspected
    }

    It 'Should_be_read_from_lines_objects_and_files' {
        Get-Found ($inspected -split "`n" | Get-DockerPermissionIssue) | Should -Be $expected
        Get-Found ($inspected | Get-DockerPermissionIssue) | Should -Be $expected
        Get-Found ($inspected | ConvertFrom-Json | Get-DockerPermissionIssue) | Should -Be $expected
        Get-Found (, ($inspected | ConvertFrom-Json -AsHashtable) | Get-DockerPermissionIssue) | Should -Be $expected
        Get-Found (Get-Item $file | Get-DockerPermissionIssue) | Should -Be $expected
        Get-Found (Get-DockerPermissionIssue -Path (Join-Path $TestDrive '*.json')) | Should -Be $expected
    }

    It 'Should_be_chosen_from_by_name_and_severity' {
        Get-Found (Get-DockerPermissionIssue w* -Path $file) | Should -Be 'web RPX-DKR-002'
        Get-Found ($inspected | Get-DockerPermissionIssue -MinimumSeverity Critical) | Should -Be 'plex RPX-DKR-009', 'web RPX-DKR-002'
        { Get-DockerPermissionIssue none -Path $file -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerNotFound,*'
    }

    It 'Should_give_no_secret_away' {
        $issues = $inspected | Get-DockerPermissionIssue
        $issues | Should -BeOfType RePlexOn.Security.Docker.DockerIssue
        ($issues | Format-List * | Out-String) + ($issues | Out-String) + ($issues | ConvertTo-Json) +
            ($issues | New-DockerRemediationScript) | Should -Not -Match $secret
    }

    It 'Should_be_refused_where_it_is_something_else' {
        { 'no json' | Get-DockerPermissionIssue -ErrorAction Stop } | Should -Throw -ErrorId 'DockerInspectInvalid,*'
        { Get-DockerPermissionIssue -Path $file/none -ErrorAction Stop } | Should -Throw
    }
}

Describe 'The script' {
    BeforeAll {
        $issues = $inspected | Get-DockerPermissionIssue
    }

    It 'Should_be_text_or_a_file' {
        $script = Join-Path $TestDrive 'fix.sh'
        $text = $issues | New-DockerRemediationScript
        $text | Should -Match "'docker' 'update' '--pids-limit' '2048' '--' '7d3a'"
        $made = $issues | New-DockerRemediationScript $script
        $made | Should -BeOfType System.IO.FileInfo
        Get-Content $script -Raw | Should -BeExactly $text
        $made.UnixMode | Should -Be '-rwx------'
        stat -c %a $script | Should -Be 700
        { $issues | New-DockerRemediationScript $script -ErrorAction Stop } | Should -Throw -ErrorId 'ScriptExists,*'
        $null = $issues | New-DockerRemediationScript $script -Force -PidsLimit 99
        Get-Content $script -Raw | Should -Match "'--pids-limit' '99'"
    }

    It 'Should_show_what_it_would_do' {
        $script = Join-Path $TestDrive 'show.sh'
        $null = $issues | New-DockerRemediationScript $script
        $said = bash $script
        $said | Should -Contain '  Would do: docker update --pids-limit 2048 -- 7d3a'
        $said | Should -Contain 'Nothing was changed. With --apply, what stands after "Would do" is done.'
    }

    It 'Should_not_be_written_by_WhatIf' {
        $issues | New-DockerRemediationScript (Join-Path $TestDrive 'none.sh') -WhatIf
        Join-Path $TestDrive 'none.sh' | Should -Not -Exist
    }

    It 'Should_refuse_a_limit_that_is_none' {
        { $issues | New-DockerRemediationScript -MemoryLimit 'much' -ErrorAction Stop } | Should -Throw -ErrorId 'MemoryLimitInvalid,*'
    }
}

Describe 'Docker' {
    BeforeAll {
        $before = $env:DOCKER_HOST
        $folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid()))).FullName
    }

    AfterAll {
        $env:DOCKER_HOST = $before
        rm -rf $folder
    }

    It 'Should_be_said_to_be_missing' {
        $env:DOCKER_HOST = "unix://$folder/none.sock"
        { Get-DockerPermissionIssue -ErrorAction Stop } | Should -Throw -ErrorId 'DockerNotFound,*'
    }

    It 'Should_be_asked_about_its_containers' -Skip:(-not $hasDocker) {
        $env:DOCKER_HOST = "unix://$folder/docker.sock"
        $engine = Start-Process dockerd -PassThru -RedirectStandardError "$folder/log" -ArgumentList "--host=$env:DOCKER_HOST",
            "--data-root=$folder/data", "--exec-root=$folder/exec", "--pidfile=$folder/pid", '--iptables=false',
            '--ip6tables=false', '--bridge=none', '--storage-driver=vfs'
        try {
            Wait-Until { Test-Path "$folder/docker.sock" }
            tar -C /bin -cf "$folder/box.tar" busybox
            $null = docker import "$folder/box.tar" example/box:1.0
            $null = docker create --name plex --network none --user 1000 --security-opt no-new-privileges --memory 64m -e "PLEX_CLAIM=$secret" example/box:1.0 /busybox

            Get-DockerPermissionIssue -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $said | Should -BeLike 'No container runs*'
            Get-Found (Get-DockerPermissionIssue -All) | Should -Be 'plex RPX-DKR-015', 'plex RPX-DKR-021'
            $script = Get-DockerPermissionIssue plex | New-DockerRemediationScript "$folder/fix.sh"
            $null = bash $script.FullName --apply
            Get-Found (Get-DockerPermissionIssue plex) | Should -Be 'plex RPX-DKR-015'
        }
        finally {
            kill $engine.Id
            $engine.WaitForExit()
        }
    }
}
