#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe '-WhatIf' {
    BeforeEach {
        # What is read may be kept in the database, and nowhere else (docs/adr/0018).
        $env:SKILLMEAT_CACHE = 'off'
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $null = New-SkmCollection -Name work -SkillMeatHome $sample
        $null = Invoke-SkmCollectionRefresh -Fields tags -SkillMeatHome $sample
        $script:id = (Get-SkmSnapshot -SkillMeatHome $sample).Id
        $script:project = (New-Item -ItemType Directory -Path (Join-Path $sample '../new')).FullName
        $script:known = (New-Item -ItemType Directory -Path (Join-Path $sample '../known')).FullName
        $script:file = (New-Item -ItemType Directory -Path (Join-Path $sample '../file')).FullName
        Set-Content -LiteralPath (Join-Path $file 'skillmeat.toml') -Value '[[artifacts]]', 'id = "skill:pdf-tools"'
        $null = Register-SkmProject $known -SkillMeatHome $sample
        $null = Install-SkmArtifact * -Project $known -SkillMeatHome $sample
        $null = New-Item -ItemType Directory -Path (Join-Path $known '.github/agents')
        Set-Content -LiteralPath (Join-Path $known '.github/agents/own.md') -Value 'Mine'
        $null = New-SkmGroup kept -Member pdf-tools -SkillMeatHome $sample
        $null = New-SkmMcpServer kept -Repo octo/kept -SkillMeatHome $sample
        $null = New-SkmTagDefinition kept -SkillMeatHome $sample
        $script:before = Get-HomeState -Path $sample -WithoutLocks
    }

    AfterEach {
        $env:SKILLMEAT_CACHE = $null
        Get-HomeState -Path $sample -WithoutLocks | Should -Be $before
    }

    It 'changes nothing' {
        New-SkmCollection -Name other -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Set-SkmCollection -Name work -Active -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Restore-SkmSnapshot -Id $id -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Remove-SkmSnapshot -Id $id -SkillMeatHome $sample -WhatIf -PassThru | Should -BeNullOrEmpty
        Remove-SkmSnapshot -KeepLast 0 -SkillMeatHome $sample -WhatIf -PassThru | Should -BeNullOrEmpty
        New-SkmSnapshot -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Export-SkmSnapshot -Id $id -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        (Invoke-SkmCollectionRefresh -SkillMeatHome $sample -WhatIf).DryRun | Sort-Object -Unique | Should -Be $true
        (Update-SkmArtifact -SkillMeatHome $sample -WhatIf).DryRun | Sort-Object -Unique | Should -Be $true
        Add-SkmArtifact octo/skills/skills/pdf -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        (Remove-SkmArtifact * -SkillMeatHome $sample -WhatIf -PassThru).Status | Sort-Object -Unique | Should -Be 'would be removed'
        (Move-SkmArtifact * -Destination work -SkillMeatHome $sample -WhatIf -PassThru).Status | Sort-Object -Unique | Should -Be 'would be moved'
        (Copy-SkmArtifact * -Destination work -SkillMeatHome $sample -WhatIf -PassThru).DryRun | Sort-Object -Unique | Should -Be $true
        (Rename-SkmCollection work other -SkillMeatHome $sample -WhatIf -PassThru).DryRun | Should -BeTrue
        (Remove-SkmCollection work -SkillMeatHome $sample -WhatIf -PassThru).Status | Should -Be 'would be deleted'
        Set-SkmCollection work -Description new -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Repair-SkmHome -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Update-SkmCache -Rebuild -PassThru -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Clear-SkmCache -PassThru -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Register-SkmProject $project -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Unregister-SkmProject known -PassThru -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        (Install-SkmArtifact * -Project $project -SkillMeatHome $sample -WhatIf).DryRun | Sort-Object -Unique | Should -Be $true
        (Import-SkmArtifact known -SkillMeatHome $sample -WhatIf).Status | Should -Be 'Adopted'
        (Uninstall-SkmArtifact * -Project known -SkillMeatHome $sample -WhatIf).DryRun | Sort-Object -Unique | Should -Be $true
        (Sync-SkmProject known -SkillMeatHome $sample -WhatIf).DryRun | Sort-Object -Unique | Should -Be $true
        (Export-SkmProject known -SkillMeatHome $sample -WhatIf).DryRun | Should -BeTrue
        Test-Path -LiteralPath (Join-Path $known 'skillmeat.toml') | Should -BeFalse
        New-SkmGroup other -Member pdf-tools -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Set-SkmGroup kept -NewName other -PassThru -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Remove-SkmGroup * -PassThru -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Add-SkmGroupMember kept changelog -PassThru -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Remove-SkmGroupMember kept * -PassThru -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem -LiteralPath $project -Force | Should -BeNullOrEmpty
        Test-Path -LiteralPath (Join-Path $known '.claude/skills/pdf-tools') | Should -BeTrue
    }

    It 'changes nothing with -Force, either' {
        Restore-SkmSnapshot -Id $id -SkillMeatHome $sample -WhatIf -Force | Should -BeNullOrEmpty
        Remove-SkmSnapshot -Id $id -SkillMeatHome $sample -WhatIf -Force | Should -BeNullOrEmpty
    }

    It 'holds by preference, too' {
        $WhatIfPreference = $true
        Restore-SkmSnapshot -Id $id -SkillMeatHome $sample -Force | Should -BeNullOrEmpty
        (Invoke-SkmCollectionRefresh -SkillMeatHome $sample).DryRun | Sort-Object -Unique | Should -Be $true
        New-SkmCollection -Name other -SkillMeatHome $sample | Should -BeNullOrEmpty
        Remove-SkmSnapshot -Id $id -SkillMeatHome $sample -Force -PassThru | Should -BeNullOrEmpty
        Set-SkmCollection -Name work -Active -SkillMeatHome $sample
    }

    It 'leaves even locks, caches and an interrupted change alone, as reading does' {
        # A comparison of copies remembers which files it read, so these have none.
        $bare = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $untouched = Get-HomeState -Path $bare -WithoutDatabase
        # All cmdlets: the test fails for a new cmdlet until it has a line here.
        $calls = @{
            'Add-SkmArtifact'             = { Add-SkmArtifact octo/skills/skills/pdf -SkillMeatHome $sample -WhatIf }
            'Clear-SkmCache'              = { Clear-SkmCache -SkillMeatHome $sample -WhatIf }
            'Compare-SkmArtifact'         = { Compare-SkmArtifact pdf-tools -Project $known -SkillMeatHome $sample }
            'Export-SkmProject'           = { Export-SkmProject $file -SkillMeatHome $sample -WhatIf }
            'Export-SkmSnapshot'          = { Export-SkmSnapshot -Id $id -SkillMeatHome $sample -WhatIf }
            'Get-SkmArtifact'             = { Get-SkmArtifact -SkillMeatHome $sample }
            'Get-SkmCache'                = { Get-SkmCache -SkillMeatHome $sample }
            'Get-SkmCollection'           = { Get-SkmCollection -SkillMeatHome $sample }
            # The cache is the one thing that a search writes, and it can be done without.
            'Find-SkmArtifact'            = { $env:SKILLMEAT_CACHE = 'off'; Find-SkmArtifact pdf -SkillMeatHome $sample; Remove-Item -LiteralPath Env:SKILLMEAT_CACHE }
            'Find-SkmProject'             = { Find-SkmProject $known -SkillMeatHome $sample }
            'Get-SkmDeployment'           = { Get-SkmDeployment -SkillMeatHome $bare }
            'Get-SkmDrift'                = { Get-SkmDrift $project -SkillMeatHome $sample }
            'Get-SkmProfile'              = { Get-SkmProfile -Project $known -SkillMeatHome $sample }
            'Get-SkmProject'              = { Get-SkmProject -SkillMeatHome $sample }
            'Get-SkmRefreshField'         = { Get-SkmRefreshField }
            'Get-SkmSnapshot'             = { Get-SkmSnapshot -SkillMeatHome $sample }
            'Get-SkmStaleArtifact'        = { Get-SkmStaleArtifact -Refresh -SkillMeatHome $bare }
            'Get-SkmUpstreamArtifact'     = { Get-SkmUpstreamArtifact (Join-Path $sample 'collections/default') -SkillMeatHome $sample }
            'Import-SkmArtifact'          = { Import-SkmArtifact $known -SkillMeatHome $sample -WhatIf }
            'Install-SkmArtifact'         = { Install-SkmArtifact * -Project $project -SkillMeatHome $sample -WhatIf }
            'Install-SkmProject'          = { Install-SkmProject $file -SkillMeatHome $sample -WhatIf }
            'Invoke-SkmCollectionRefresh' = { Invoke-SkmCollectionRefresh -SkillMeatHome $sample -WhatIf; Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $sample }
            'New-SkmCollection'           = { New-SkmCollection -Name other -SkillMeatHome $sample -WhatIf }
            'New-SkmSnapshot'             = { New-SkmSnapshot -SkillMeatHome $sample -WhatIf }
            'Register-SkmProject'         = { Register-SkmProject $project -SkillMeatHome $sample -WhatIf }
            'Move-SkmArtifact'            = { Move-SkmArtifact * -Destination work -SkillMeatHome $sample -WhatIf }
            'Copy-SkmArtifact'            = { Copy-SkmArtifact * -Destination work -SkillMeatHome $sample -WhatIf }
            'Rename-SkmCollection'        = { Rename-SkmCollection work other -SkillMeatHome $sample -WhatIf }
            'Remove-SkmCollection'        = { Remove-SkmCollection work -SkillMeatHome $sample -WhatIf }
            'Remove-SkmArtifact'          = { Remove-SkmArtifact * -SkillMeatHome $sample -WhatIf }
            'Remove-SkmSnapshot'          = { Remove-SkmSnapshot -Id $id -SkillMeatHome $sample -WhatIf }
            'Repair-SkmHome'              = { Repair-SkmHome -SkillMeatHome $sample -WhatIf }
            'Restore-SkmSnapshot'         = { Restore-SkmSnapshot -Id $id -SkillMeatHome $sample -WhatIf }
            'Set-SkmArtifact'             = { Set-SkmArtifact * -AddTag new -SkillMeatHome $sample -WhatIf }
            'Set-SkmCollection'           = { Set-SkmCollection -Name work -Active -SkillMeatHome $sample -WhatIf }
            'Sync-SkmProject'             = { Sync-SkmProject $known -SkillMeatHome $sample -WhatIf }
            'Test-SkmArtifact'            = { Test-SkmArtifact (Join-Path $sample 'collections') }
            'Restore-SkmProject'          = { Restore-SkmProject $known -All -SkillMeatHome $sample -WhatIf }
            'Test-SkmSnapshot'            = { Test-SkmSnapshot -Id $id -SkillMeatHome $sample }
            'Test-SkmUpstream'            = { Test-SkmUpstream -SkillMeatHome $sample }
            'Uninstall-SkmArtifact'       = { Uninstall-SkmArtifact * -Project $known -SkillMeatHome $sample -WhatIf }
            'Unregister-SkmProject'       = { Unregister-SkmProject known -SkillMeatHome $sample -WhatIf }
            'Find-SkmMarketplaceArtifact' = { Find-SkmMarketplaceArtifact pdf -SkillMeatHome $sample }
            'Get-SkmMarketplace'          = { Get-SkmMarketplace -SkillMeatHome $sample }
            'Register-SkmMarketplace'     = { Register-SkmMarketplace $known -SkillMeatHome $sample -WhatIf }
            'Unregister-SkmMarketplace'   = { Unregister-SkmMarketplace * -SkillMeatHome $sample -WhatIf }
            'Update-SkmMarketplace'       = { Update-SkmMarketplace -SkillMeatHome $sample -WhatIf }
            'Update-SkmArtifact'          = { Update-SkmArtifact -SkillMeatHome $sample -WhatIf }
            'Update-SkmCache'             = { Update-SkmCache -SkillMeatHome $sample -WhatIf }
            'Get-SkmGroup'                = { Get-SkmGroup -SkillMeatHome $sample }
            'New-SkmGroup'                = { New-SkmGroup other -Member pdf-tools -SkillMeatHome $sample -WhatIf }
            'Set-SkmGroup'                = { Set-SkmGroup kept -NewName other -Position 0 -SkillMeatHome $sample -WhatIf }
            'Remove-SkmGroup'             = { Remove-SkmGroup kept -SkillMeatHome $sample -WhatIf }
            'Add-SkmGroupMember'          = { Add-SkmGroupMember kept changelog -SkillMeatHome $sample -WhatIf }
            'Remove-SkmGroupMember'       = { Remove-SkmGroupMember kept pdf-tools -SkillMeatHome $sample -WhatIf }
            'Get-SkmMcpServer'            = { Get-SkmMcpServer -SkillMeatHome $sample }
            'New-SkmMcpServer'            = { New-SkmMcpServer other -Repo octo/other -SkillMeatHome $sample -WhatIf }
            'Set-SkmMcpServer'            = { Set-SkmMcpServer kept -EnvVars @{ A = 'b' } -SkillMeatHome $sample -WhatIf }
            'Remove-SkmMcpServer'         = { Remove-SkmMcpServer kept -SkillMeatHome $sample -WhatIf }
            'Get-SkmTagDefinition'        = { Get-SkmTagDefinition -SkillMeatHome $sample }
            'New-SkmTagDefinition'        = { New-SkmTagDefinition other -SkillMeatHome $sample -WhatIf }
            'Set-SkmTagDefinition'        = { Set-SkmTagDefinition kept -Color teal -SkillMeatHome $sample -WhatIf }
            'Remove-SkmTagDefinition'     = { Remove-SkmTagDefinition kept -SkillMeatHome $sample -WhatIf }
            'Get-SkmBackgroundRefresh'    = { Get-SkmBackgroundRefresh -SkillMeatHome $sample }
            'Start-SkmBackgroundRefresh'  = { Start-SkmBackgroundRefresh -SkillMeatHome $sample -WhatIf }
            'Stop-SkmBackgroundRefresh'   = { Stop-SkmBackgroundRefresh -SkillMeatHome $sample -WhatIf }
            'Get-SkmServer'               = { Get-SkmServer -SkillMeatHome $sample }
            'Start-SkmServer'             = { Start-SkmServer -Path (Find-Skm) -SkillMeatHome $sample -WhatIf }
            'Stop-SkmServer'              = { Stop-SkmServer -SkillMeatHome $sample -WhatIf }
        }
        $calls.Keys | Sort-Object | Should -Be ((Get-Command -Module SkillMeat*, SkillMeat.Cmdlets -CommandType Cmdlet).Name | Sort-Object -Unique)
        # The journal of a process that has died.
        $transactions = New-Item -ItemType Directory -Path (Join-Path $sample '.transactions')
        $journal = '0123456789abcdef0123456789abcdef'
        Set-Content -LiteralPath (Join-Path $transactions "collection%20%27default%27~$journal.intent.json") -Value (
            @{ version = 1; id = $journal; locks = @("collection 'default'"); folders = @(); entries = @() } | ConvertTo-Json)
        $everything = Get-HomeState -Path $sample
        foreach ($name in $calls.Keys) {
            $warnings = @(& $calls[$name] 3>&1 6>$null | Where-Object { $_ -is [System.Management.Automation.WarningRecord] })
            Get-HomeState -Path $sample | Should -Be $everything -Because "$name must not write"
            # Servers are started and stopped whatever the collections are like.
            if ($name -notlike '*-SkmServer' -and $name -notin 'Get-SkmDeployment', 'Get-SkmStaleArtifact', 'Get-SkmRefreshField', 'New-SkmCollection', 'Test-SkmArtifact') {
                @($warnings -like 'A change was interrupted.*').Count | Should -BeGreaterThan 0 -Because "$name must say so"
            }
        }

        Get-HomeState -Path $bare -WithoutDatabase | Should -Be $untouched
        Remove-Item -LiteralPath $transactions -Recurse -Force
    }

    It 'says what would be changed' {
        $said = (Invoke-Pwsh -Environment @{ PATH = $env:PATH } -Command @"
Import-Module '$(Find-SkillMeat)'
`$null = Invoke-SkmCollectionRefresh -SkillMeatHome '$sample' -WhatIf
Restore-SkmSnapshot -Id $id -SkillMeatHome '$sample' -WhatIf
Remove-SkmSnapshot -Id $id -SkillMeatHome '$sample' -WhatIf
New-SkmCollection -Name other -SkillMeatHome '$sample' -WhatIf
Set-SkmCollection -Name work -Active -SkillMeatHome '$sample' -WhatIf
`$null = Install-SkmArtifact pdf-tools -Project '$project' -SkillMeatHome '$sample' -WhatIf
`$null = Uninstall-SkmArtifact pdf-tools -Project known -SkillMeatHome '$sample' -WhatIf
Register-SkmProject '$project' -SkillMeatHome '$sample' -WhatIf
`$null = Import-SkmArtifact known -SkillMeatHome '$sample' -WhatIf
"@).Output -split '\r?\n'
        $said.Count | Should -Be 9
        $said[0] | Should -BeLike 'What if: *description: Turn raw transcripts into meeting notes. → *skill:meeting-notes*'
        $said[1] | Should -BeLike "What if: *Restore snapshot $id*collection 'default'*"
        $said[2] | Should -BeLike "What if: *Remove*snapshot $id*"
        $said[3] | Should -BeLike "What if: *Create*collection 'other'*"
        $said[4] | Should -BeLike "What if: *active*collection 'work'*"
        $said[5] | Should -BeLike 'What if: *"Deploy to *for claude_code" on target "skill:pdf-tools".'
        $said[6] | Should -BeLike 'What if: *"Remove from *for claude_code" on target "skill:pdf-tools".'
        $said[7] | Should -BeLike "What if: *""Register as project 'new'"" on target *"
        $said[8] | Should -BeLike 'What if: *"Copy it into the collection *, from local, and make * its deployment" on target "agent:own".'
    }

    It 'makes no home' {
        $none = Join-Path $TestDrive ([guid]::NewGuid())
        New-SkmCollection -Name default -SkillMeatHome $none -WhatIf | Should -BeNullOrEmpty
        Test-Path -LiteralPath $none | Should -BeFalse
    }
}

Describe 'ConfirmImpact' {
    It 'is high where something is lost, so that <_> asks by default' -ForEach 'Restore-SkmSnapshot', 'Remove-SkmSnapshot', 'Remove-SkmArtifact', 'Restore-SkmProject', 'Remove-SkmCollection', 'Remove-SkmGroup', 'Remove-SkmMcpServer', 'Remove-SkmTagDefinition' {
        $attribute = (Get-Command -Name $_).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)[0]
        $attribute.ConfirmImpact | Should -Be 'High'
    }

    It 'is not high elsewhere, so that <_> does not ask' -ForEach 'Invoke-SkmCollectionRefresh', 'New-SkmCollection', 'Set-SkmCollection', 'New-SkmSnapshot', 'Export-SkmSnapshot', 'Add-SkmArtifact', 'Update-SkmArtifact', 'Repair-SkmHome', 'Register-SkmProject', 'Unregister-SkmProject', 'Install-SkmArtifact', 'Uninstall-SkmArtifact', 'Sync-SkmProject', 'Install-SkmProject', 'Export-SkmProject', 'Import-SkmArtifact', 'Update-SkmCache', 'Clear-SkmCache', 'Register-SkmMarketplace', 'Unregister-SkmMarketplace', 'Update-SkmMarketplace', 'Rename-SkmCollection', 'Move-SkmArtifact', 'Copy-SkmArtifact', 'New-SkmGroup', 'Set-SkmGroup', 'Add-SkmGroupMember', 'Remove-SkmGroupMember', 'New-SkmMcpServer', 'Set-SkmMcpServer', 'New-SkmTagDefinition', 'Set-SkmTagDefinition', 'Start-SkmServer', 'Stop-SkmServer', 'Set-SkmArtifact' {
        $attribute = (Get-Command -Name $_).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)[0]
        $attribute.ConfirmImpact | Should -BeIn 'Low', 'Medium'
    }
}
