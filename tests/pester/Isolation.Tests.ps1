BeforeDiscovery {
    # Another version of the library for SQLite, as another module might bring it.
    $other = Join-Path ([IO.Path]::GetTempPath()) "replexon-other-$PID"
    $null = New-Item -ItemType Directory $other
    Set-Content (Join-Path $other 'Other.csproj') @'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.Data.Sqlite" Version="[8.0.0, 10.0.0)" /></ItemGroup>
</Project>
'@
    $said = dotnet publish (Join-Path $other 'Other.csproj') --nologo -v quiet --use-current-runtime --no-self-contained -o (Join-Path $other 'lib') 2>&1
    $found = $LASTEXITCODE -eq 0
    if (-not $found) { Write-Warning "No other version of Microsoft.Data.Sqlite is to be had, so it is not tried beside ours: $($said | Select-Object -First 1)" }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Sample.ps1')
    $other = Join-Path ([IO.Path]::GetTempPath()) "replexon-other-$PID"
    $place = Initialize-Sample (Join-Path $TestDrive 'isolation')
    $theirs = "Add-Type -Path '$other/lib/Microsoft.Data.Sqlite.dll'
        `$connection = [Microsoft.Data.Sqlite.SqliteConnection]::new('Data Source=:memory:')
        `$connection.Open()
        `"theirs `$([Microsoft.Data.Sqlite.SqliteConnection].Assembly.GetName().Version.Major) `$(`$connection.ServerVersion)`""
    $ours = "Import-Module '$root/out/RePlexOn'
        `"ours `$((Invoke-PlexBackup -ConfigurationPath '$($place.ConfigurationPath)').Status)`""
}

AfterAll {
    Remove-Item $other -Recurse
}

Describe 'Beside another version of Microsoft.Data.Sqlite' {
    It 'Should_work_when_it_is_imported_<Order>' -Skip:(-not $found) -ForEach @(@{ Order = 'first' }, @{ Order = 'last' }) {
        $said = Invoke-Fresh ($Order -eq 'first' ? "$ours; $theirs" : "$theirs; $ours")
        $said | Should -Contain 'ours Succeeded'
        ($said -match '^theirs [89] 3\.\d+') | Should -HaveCount 1
    }
}
