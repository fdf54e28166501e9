#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
    $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
}

Describe 'What a cmdlet says that it returns' {
    It 'is what it returns: <_>' -ForEach @(
        'Get-SkmCollection', 'Get-SkmArtifact', 'Invoke-SkmCollectionRefresh -CheckOnly', 'Invoke-SkmCollectionRefresh -CheckOnly -Summary'
        'Invoke-SkmCollectionRefresh -Fields tags', 'Invoke-SkmCollectionRefresh -Summary', 'Get-SkmSnapshot', 'Get-SkmRefreshField'
        'Get-SkmCache', 'Update-SkmCache -PassThru', 'Clear-SkmCache -PassThru'
        'New-SkmSnapshot -Collection default', 'Test-SkmSnapshot -Collection default', 'Export-SkmSnapshot -Collection default -Id (New-SkmSnapshot -Collection default).Id'
        'New-SkmCollection -Name made', 'Set-SkmCollection -Name made -Active -PassThru'
        'Copy-SkmArtifact pdf-tools made -Collection default -PassThru', 'Move-SkmArtifact pdf-tools -Collection made -Destination default -NewName moved -PassThru'
        'Rename-SkmCollection made renamed -PassThru', 'Remove-SkmCollection renamed -Force -PassThru'
        'Restore-SkmSnapshot -Collection default -Id (Get-SkmSnapshot -Collection default -First 1).Id -Force'
        'Register-SkmProject (New-Item -ItemType Directory -Path (Join-Path $TestDrive proj))', 'Get-SkmProject', 'Get-SkmProfile', 'Install-SkmArtifact * -Project proj -Collection default', 'Import-SkmArtifact $(New-Item -ItemType Directory -Path (Join-Path $TestDrive own/.claude/commands) | ForEach-Object { Set-Content -LiteralPath (Join-Path $_ own.md) -Value Mine }; Join-Path $TestDrive own)'
        'Find-SkmArtifact pdf', 'Find-SkmProject $TestDrive', 'Get-SkmDrift proj -IncludeInSync', 'Get-SkmDeployment proj', 'Get-SkmStaleArtifact -Refresh', 'Sync-SkmProject proj', 'Compare-SkmArtifact pdf-tools -Project proj', 'Export-SkmProject proj', 'Install-SkmProject proj', 'Restore-SkmProject $(Add-Content (Join-Path $TestDrive proj/.claude/commands/changelog.md) x; $null = Install-SkmArtifact changelog -Project proj -Collection default -Force; "proj")', 'Uninstall-SkmArtifact * -Project proj', 'Unregister-SkmProject proj -PassThru'
        'Register-SkmMarketplace (Join-Path $TestDrive sample/upstream) -Name shop', 'Get-SkmMarketplace', 'Update-SkmMarketplace', 'Find-SkmMarketplaceArtifact', 'Unregister-SkmMarketplace shop -PassThru'
        'Set-SkmArtifact * -Collection default -AddTag mine -PassThru'
        'New-SkmGroup Daily -Collection default -Member pdf-tools', 'Get-SkmGroup -Collection default', 'Set-SkmGroup Daily -Collection default -Color slate -PassThru', 'Add-SkmGroupMember Daily changelog -Collection default -PassThru'
        'Remove-SkmGroupMember Daily changelog -Collection default -PassThru', 'Remove-SkmGroup Daily -Collection default -Force -PassThru'
        'New-SkmMcpServer files -Repo octo/files -Collection default', 'Get-SkmMcpServer -Collection default', 'Set-SkmMcpServer files -Collection default -Version v1 -PassThru', 'Remove-SkmMcpServer files -Collection default -Force -PassThru'
        'New-SkmTagDefinition Documents -Collection default', 'Get-SkmTagDefinition -Collection default', 'Set-SkmTagDefinition documents -Collection default -Color slate -PassThru', 'Remove-SkmTagDefinition Documents -Collection default -Force -PassThru'
        'Start-SkmBackgroundRefresh', 'Get-SkmBackgroundRefresh', 'Stop-SkmBackgroundRefresh -PassThru'
        'Start-SkmServer -Port 0 -Path (Find-Skm)', 'Get-SkmServer', 'Stop-SkmServer -PassThru'
        'Remove-SkmSnapshot -Collection default -Id (Get-SkmSnapshot -Collection default -First 1).Id -Force -PassThru'
    ) {
        $declared = (Get-Command -Name ($_ -split ' ')[0]).OutputType.Name
        $returned = & ([scriptblock]::Create($_)) | ForEach-Object { $_.GetType().FullName } | Sort-Object -Unique
        $returned | Should -Not -BeNullOrEmpty
        $returned | Should -BeIn $declared
    }
}

Describe 'Objects' {
    BeforeAll {
        $script:artifacts = Get-SkmArtifact -Collection default
    }

    It 'can not be changed by whoever gets them' {
        { $artifacts[0].Name = 'other' } | Should -Throw
    }

    It 'have times as UTC' {
        $artifacts.Added | ForEach-Object { $_ | Should -BeOfType ([System.DateTimeOffset]) ; $_.Offset | Should -Be ([timespan]::Zero) }
        (Get-SkmCollection -Name default).Created.Offset | Should -Be ([timespan]::Zero)
    }

    It 'have the name of a collection that every cmdlet takes' {
        (Get-SkmCollection -Name default).Collection | Should -Be 'default'
        $artifacts.Collection | Sort-Object -Unique | Should -Be 'default'
    }

    It 'have tags that are equal when their texts are' {
        $again = Get-SkmArtifact -Collection default
        $again[0].Tags.Equals($artifacts[0].Tags) | Should -BeTrue
        $again[1].Tags.Equals($artifacts[0].Tags) | Should -BeFalse
        Compare-Object -ReferenceObject $artifacts -DifferenceObject $again -Property ArtifactId, Tags | Should -BeNullOrEmpty
    }

    It 'have lists that are false when they are empty, and true otherwise' {
        $fresh = Copy-SampleHome -Path (Join-Path $TestDrive 'fresh')
        $checks = Invoke-SkmCollectionRefresh -CheckOnly -Fields description -SkillMeatHome $fresh
        ($checks | Where-Object Name -EQ 'pdf-tools').ChangedFields.Count | Should -Be 0
        ($checks | Where-Object ChangedFields).Name | Should -Be 'meeting-notes'
    }

    It 'survive being sent to another process' {
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($artifacts[0]))
        $back.ArtifactId | Should -Be 'skill:meeting-notes'
        $back.Tags | Should -Contain 'writing'
    }
}
