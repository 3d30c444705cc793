BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')

    # A web server on 127.0.0.1 in a process of its own that writes each request's path and body to a file.
    $port = & {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $listener.LocalEndpoint.Port
        $listener.Stop()
    }
    $requests = Join-Path $TestDrive 'requests'
    $script = Join-Path $TestDrive 'server.py'
    Set-Content $script @'
import http.server, json, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length'])).decode()
        with open(sys.argv[2], 'a') as file:
            file.write(json.dumps({'path': self.path, 'body': body}) + '\n')
        self.send_response(404 if 'refuse' in self.path else 200)
        self.end_headers()
    def log_message(self, *arguments):
        pass

http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
'@
    $server = Start-Process /usr/bin/python3 -ArgumentList "`"$script`" $port `"$requests`"" -PassThru
    Wait-Until { try { [Net.Sockets.TcpClient]::new('127.0.0.1', $port).Dispose(); $true } catch { $false } }

    $place = Initialize-Sample (Join-Path $TestDrive 'alerts')
    $configuration = @{ ConfigurationPath = $place.ConfigurationPath }
    $hook = "http://127.0.0.1:$port/s3cret"

    function Get-Request { if (Test-Path $requests) { Get-Content $requests | ConvertFrom-Json } }
}

AfterAll {
    Stop-Process -Id $server.Id
}

Describe 'Alerts' {
    BeforeEach {
        Set-RePlexOnConfiguration webhooks.json $hook @configuration
        Set-RePlexOnConfiguration webhooks.slack $null @configuration
        Set-RePlexOnConfiguration alerts.digestOn Never @configuration
        Remove-Item $requests -ErrorAction Ignore
    }

    It 'Should_be_sent_and_kept' {
        $sent = Send-PlexBackupAlert "Two`nlines" -Title 'A title' -PassThru @configuration
        $sent | Should -BeOfType RePlexOn.Alerts.AlertRecord
        $sent.Subject | Should -Match '^\[RePlexOn\] \S+ Message .* MESSAGE: A title$'
        (Get-Request).path | Should -Be '/s3cret'
        ((Get-Request).body | ConvertFrom-Json).text | Should -Be "Two`nlines"
        (Get-PlexBackupAlert -Last 1 @configuration).Number | Should -Be $sent.Number
    }

    It 'Should_not_be_sent_by_WhatIf' {
        Send-PlexBackupAlert 'Nobody gets this.' -WhatIf @configuration
        Get-Request | Should -BeNullOrEmpty
    }

    It 'Should_tell_of_a_run_from_the_pipeline' {
        $null = Invoke-PlexBackup -Target /no/such/folder -ErrorAction SilentlyContinue @configuration
        Get-Request | Should -BeNullOrEmpty
        Get-PlexBackupHistory -Last 1 @configuration | Send-PlexBackupAlert @configuration
        ((Get-Request).body | ConvertFrom-Json).kind | Should -Be Failure
    }

    It 'Should_be_an_error_for_each_channel_that_does_not_take_it' {
        Set-RePlexOnConfiguration webhooks.slack "http://127.0.0.1:$port/refuse/s3cret" @configuration
        Send-PlexBackupAlert 'text' -ErrorAction SilentlyContinue -ErrorVariable failed @configuration
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'WebNotFound,*'
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        "$failed" | Should -Not -Match 's3cret'
        Send-PlexBackupAlert 'text' -Channel json -ErrorAction Stop @configuration
    }

    It 'Should_be_tested_on_each_channel' {
        Test-PlexBackupAlert -Quiet @configuration | Should -BeTrue
        Set-RePlexOnConfiguration webhooks.slack "http://127.0.0.1:$port/refuse/s3cret" @configuration
        $deliveries = Test-PlexBackupAlert @configuration
        $deliveries | Should -BeOfType RePlexOn.Alerts.AlertDelivery
        ($deliveries | Sort-Object Channel).Status | Should -Be Delivered, Failed
        Test-PlexBackupAlert -Quiet @configuration | Should -BeFalse
        Test-PlexBackupAlert json -Quiet @configuration | Should -BeTrue
    }

    It 'Should_tell_by_rule_once' {
        $null = Invoke-PlexBackup -Target /no/such/folder -Trigger Schedule -ErrorAction SilentlyContinue @configuration
        Get-Request | Should -HaveCount 1
        Send-PlexBackupAlert -WhenDue -PassThru @configuration | Should -BeNullOrEmpty
        $null = Invoke-PlexBackup @configuration
        (Send-PlexBackupAlert -WhenDue -PassThru @configuration).Kind | Should -Be Recovery
        Send-PlexBackupAlert -WhenDue -PassThru @configuration | Should -BeNullOrEmpty
    }

    It 'Should_show_no_secret' {
        (Get-RePlexOnConfiguration webhooks.json @configuration).Value | Should -Be '(set, not shown)'
        Get-RePlexOnConfiguration @configuration | Out-String -Width 500 | Should -Not -Match 's3cret'
        Get-PlexBackupAlert @configuration | Format-List | Out-String | Should -Not -Match 's3cret'
    }

    It 'Should_say_that_no_channel_is_set' {
        Set-RePlexOnConfiguration webhooks.json $null @configuration
        { Send-PlexBackupAlert 'text' -ErrorAction Stop @configuration } | Should -Throw -ErrorId 'AlertChannelNotSet,*'
    }

    It 'Should_look_well_in_a_table_and_a_list' {
        $null = Send-PlexBackupAlert 'text' @configuration
        Get-PlexBackupAlert -Last 1 @configuration | Format-Table | Out-String | Should -Match 'Message\s+json\s+\[RePlexOn\]'
        Get-PlexBackupAlert -Last 1 @configuration | Format-List | Out-String | Should -Match 'Deliveries : json: Delivered, 127.0.0.1'
        Test-PlexBackupAlert @configuration | Format-Table | Out-String | Should -Match 'json\s+Delivered\s+1 127.0.0.1'
    }
}
