BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
}

Describe 'A backup that is stopped' {
    BeforeEach {
        # 4 MB at 100 KiB a second: it is at work until it is stopped.
        $place = Initialize-Sample (Join-Path $TestDrive ([Guid]::NewGuid())) -Files 100 -AverageBytes 40000 -Backup @{ bandwidthLimitKiB = 100 }
    }

    AfterEach {
        # The files were under way, and nothing says that what is there is whole.
        Get-Rsync $place.Target | Should -BeNullOrEmpty
        $run = Get-PlexBackupHistory -ConfigurationPath $place.ConfigurationPath
        $run.Status | Should -Be 'Cancelled'
        $run.ExitCode | Should -Be 'Cancelled'
        Join-Path $place.Target 'plex-current' | Should -Exist
        Join-Path $place.Target 'plex-current/.replexon/manifest.json' | Should -Not -Exist
    }

    It 'Should_end_rsync_and_be_recorded_as_cancelled_when_its_pipeline_stops' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddCommand('Import-Module').AddArgument((Join-Path $root 'out/RePlexOn')).AddStatement()
            $null = $shell.AddCommand('Invoke-PlexBackup').AddParameter('ConfigurationPath', $place.ConfigurationPath)
            $null = $shell.BeginInvoke()
            Wait-Until { Get-Rsync "$($place.Source)/" }
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'Should_end_rsync_and_be_recorded_as_cancelled_by_an_interrupt' {
        $script = "Import-Module '$root/out/RePlexOn'; Invoke-PlexBackup -ConfigurationPath '$($place.ConfigurationPath)'"
        $child = Start-Process pwsh '-NoProfile', '-Command', "`"$script`"" -PassThru -RedirectStandardOutput (Join-Path $TestDrive 'out.txt')
        Wait-Until { Get-Rsync "$($place.Source)/" }
        /usr/bin/env kill -INT $child.Id
        Wait-Until { $child.HasExited }
    }
}
