@{
    RootModule           = 'SkillMeat.psm1'
    # The same number as in Directory.Build.props; a test compares them.
    ModuleVersion        = '0.1.0'
    GUID                 = '5b0f2c1e-6a2d-4c55-9d43-0f6f7c1f6d0a'
    Author               = 'SkillMeat for PowerShell contributors'
    CompanyName          = 'SkillMeat for PowerShell contributors'
    Copyright            = '(c) SkillMeat for PowerShell contributors. MIT licence.'
    Description          = 'Manages collections of Claude Code artifacts (skills, commands, agents, hooks, MCP servers): checks for changes upstream, updates, deploys into projects, and restores from snapshots.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('SkillMeat.Format.ps1xml')
    TypesToProcess       = @('SkillMeat.Types.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Add-SkmArtifact'
        'Clear-SkmCache'
        'Compare-SkmArtifact'
        'Copy-SkmArtifact'
        'Export-SkmProject'
        'Export-SkmSnapshot'
        'Find-SkmArtifact'
        'Find-SkmMarketplaceArtifact'
        'Find-SkmProject'
        'Get-SkmArtifact'
        'Get-SkmBackgroundRefresh'
        'Get-SkmCache'
        'Get-SkmCollection'
        'Get-SkmDeployment'
        'Get-SkmDrift'
        'Get-SkmMarketplace'
        'Get-SkmProfile'
        'Get-SkmProject'
        'Get-SkmRefreshField'
        'Get-SkmSnapshot'
        'Get-SkmStaleArtifact'
        'Get-SkmUpstreamArtifact'
        'Import-SkmArtifact'
        'Install-SkmArtifact'
        'Install-SkmProject'
        'Invoke-SkmCollectionRefresh'
        'Move-SkmArtifact'
        'New-SkmCollection'
        'New-SkmSnapshot'
        'Register-SkmMarketplace'
        'Register-SkmProject'
        'Remove-SkmArtifact'
        'Remove-SkmCollection'
        'Remove-SkmSnapshot'
        'Rename-SkmCollection'
        'Repair-SkmHome'
        'Restore-SkmProject'
        'Restore-SkmSnapshot'
        'Set-SkmCollection'
        'Start-SkmBackgroundRefresh'
        'Stop-SkmBackgroundRefresh'
        'Sync-SkmProject'
        'Test-SkmArtifact'
        'Test-SkmSnapshot'
        'Test-SkmUpstream'
        'Uninstall-SkmArtifact'
        'Unregister-SkmMarketplace'
        'Unregister-SkmProject'
        'Update-SkmArtifact'
        'Update-SkmCache'
        'Update-SkmMarketplace'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('ClaudeCode', 'Claude', 'Skills', 'Agents', 'MCP', 'SkillMeat', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md in the module.'
        }
    }
}
