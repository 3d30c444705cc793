BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $scripts = Get-ChildItem $root, "$root/scripts", "$root/tests/pester", "$root/bench" -File -ErrorAction Ignore |
        Where-Object Extension -in .ps1, .psd1
    $hasAnalyzer = [bool](Get-Module PSScriptAnalyzer -ListAvailable)
}

Describe '<_.Name>' -ForEach $scripts {
    It 'Should_give_the_script_analyzer_nothing_to_say' -Skip:(-not $hasAnalyzer) {
        # A variable set in BeforeAll is used in It, which the analyzer does not see.
        Invoke-ScriptAnalyzer $_.FullName -ExcludeRule PSUseDeclaredVarsMoreThanAssignments |
            ForEach-Object { "$($_.Line): $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
