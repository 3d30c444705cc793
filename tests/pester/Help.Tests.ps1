BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    Import-Module (Join-Path $root 'out/RePlexOn')
    $commands = Get-Command -Module RePlexOn
    $hasPlatyPS = [bool](Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
    $common = [Management.Automation.Cmdlet]::CommonParameters
}

Describe 'The help of <_.Name>' -ForEach $commands {
    BeforeAll {
        $command = $_
        $help = Get-Help $command.Name -Full
    }

    It 'Should_have_a_synopsis_a_description_and_notes' {
        $help.Synopsis | Should -Match '^[A-Z][^{]{20,}\.$'
        $help.description.Text | Should -Not -BeNullOrEmpty
        $help.alertSet.alert.Text | Should -Not -BeNullOrEmpty
    }

    It 'Should_describe_every_parameter_and_no_other' {
        $described = $help.parameters.parameter | Where-Object { $_.description.Text } | ForEach-Object name
        $described | Sort-Object | Should -Be ($command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object)
    }

    It 'Should_have_two_examples_or_more_that_name_it' {
        $examples = $help.examples.example
        $examples.Count | Should -BeGreaterOrEqual 2
        foreach ($example in $examples) { ($example | Out-String) | Should -Match $command.Name }
    }

    It 'Should_say_what_comes_out' {
        $named = $help.returnValues.returnValue.type.name
        foreach ($type in $command.OutputType) { $named | Should -Contain $type.Name }
    }

    It 'Should_show_no_markdown_and_no_gap' {
        ($help | Out-String) | Should -Not -Match '```|\{\{|\x80'
    }
}

Describe 'The help file' {
    It 'Should_be_made_from_the_pages_as_they_are' -Skip:(-not $hasPlatyPS) {
        & (Join-Path $root 'build.ps1') -Task Help -HelpFolder $TestDrive
        $file = 'RePlexOn.Cmdlets.dll-Help.xml'
        Get-Content (Join-Path $TestDrive $file) -Raw |
            Should -BeExactly (Get-Content (Join-Path $root "docs/help/en-US/$file") -Raw) -Because 'build.ps1 -Task Help makes it anew'
    }

    It 'Should_have_an_overview' {
        Get-Help about_RePlexOn | Out-String | Should -Match 'Invoke-PlexBackup'
    }
}
