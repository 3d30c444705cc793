@{
    RootModule           = 'RePlexOn.Cmdlets.dll'
    # Knows where the dependencies lie, and so comes before the root module.
    NestedModules        = @('RePlexOn.Loader.dll')
    ModuleVersion        = '0.1.0'
    GUID                 = '3f0c2d52-9c8f-4e0e-9a3a-5b8d3c7d1f60'
    Author               = 'RePlexOn contributors'
    CompanyName          = 'RePlexOn'
    Copyright            = 'RePlexOn contributors, MIT licence'
    Description          = 'Backs up what a Plex Media Server cannot get back by a rescan, proves the copy, and gives it back.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('RePlexOn.Format.ps1xml')
    CmdletsToExport      = @(
        'Backup-RePlexOnConfiguration'
        'Block-PlexAddress'
        'Export-PlexBackupReport'
        'Find-PlexDataDirectory'
        'Get-DockerPermissionIssue'
        'Get-PlexAccessEvent'
        'Get-PlexBackupAlert'
        'Get-PlexBackupHistory'
        'Get-PlexBackupSchedule'
        'Get-PlexBackupStatus'
        'Get-PlexBlockedAddress'
        'Get-PlexFail2banStatus'
        'Get-PlexFirewallCountryRule'
        'Get-PlexFirewallRateLimit'
        'Get-PlexSnapshot'
        'Get-PlexSuspiciousAccess'
        'Get-RePlexOnConfiguration'
        'Import-PlexBackupHistory'
        'Import-PlexBackupLog'
        'Initialize-RePlexOn'
        'Install-PlexFail2banJail'
        'Invoke-PlexBackup'
        'Measure-PlexBackup'
        'New-DockerRemediationScript'
        'New-PlexSnapshot'
        'Protect-PlexServer'
        'Register-PlexBackupSchedule'
        'Remove-PlexFirewallCountryRule'
        'Remove-PlexFirewallRateLimit'
        'Remove-PlexSnapshot'
        'Restore-PlexBackup'
        'Restore-RePlexOnConfiguration'
        'Send-PlexBackupAlert'
        'Set-PlexFirewallCountryRule'
        'Set-PlexFirewallRateLimit'
        'Set-RePlexOnConfiguration'
        'Test-PlexBackup'
        'Test-PlexBackupAlert'
        'Test-PlexFail2banJail'
        'Test-PlexSecurity'
        'Test-RePlexOnConfiguration'
        'Unblock-PlexAddress'
        'Uninstall-PlexFail2banJail'
        'Unregister-PlexBackupSchedule'
        'Watch-PlexAccess'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('Plex', 'Backup', 'rsync', 'NAS', 'PSEdition_Core', 'Linux')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
