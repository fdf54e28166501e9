#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe '-WhatIf' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $null = New-SkmCollection -Name work -SkillMeatHome $sample
        $null = Invoke-SkmCollectionRefresh -Fields tags -SkillMeatHome $sample
        $script:id = (Get-SkmSnapshot -SkillMeatHome $sample).Id
        $script:before = Get-HomeState -Path $sample -WithoutLocks
    }

    AfterEach {
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
        Remove-SkmArtifact * -SkillMeatHome $sample -WhatIf -PassThru | Should -BeNullOrEmpty
        Repair-SkmHome -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
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

    It 'leaves even locks and caches alone' {
        $everything = Get-HomeState -Path $sample
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample -WhatIf
        $null = Update-SkmArtifact -SkillMeatHome $sample -WhatIf
        Remove-SkmArtifact * -SkillMeatHome $sample -WhatIf
        Restore-SkmSnapshot -Id $id -SkillMeatHome $sample -WhatIf
        Remove-SkmSnapshot -Id $id -SkillMeatHome $sample -WhatIf
        Set-SkmCollection -Name work -Active -SkillMeatHome $sample -WhatIf
        Get-HomeState -Path $sample | Should -Be $everything
    }

    It 'says what would be changed' {
        $said = (Invoke-Pwsh -Environment @{ PATH = $env:PATH } -Command @"
Import-Module '$(Find-SkillMeat)'
`$null = Invoke-SkmCollectionRefresh -SkillMeatHome '$sample' -WhatIf
Restore-SkmSnapshot -Id $id -SkillMeatHome '$sample' -WhatIf
Remove-SkmSnapshot -Id $id -SkillMeatHome '$sample' -WhatIf
New-SkmCollection -Name other -SkillMeatHome '$sample' -WhatIf
Set-SkmCollection -Name work -Active -SkillMeatHome '$sample' -WhatIf
"@).Output -split '\r?\n'
        $said.Count | Should -Be 5
        $said[0] | Should -BeLike 'What if: *description: Turn raw transcripts into meeting notes. → *skill:meeting-notes*'
        $said[1] | Should -BeLike "What if: *Restore snapshot $id*collection 'default'*"
        $said[2] | Should -BeLike "What if: *Remove*snapshot $id*"
        $said[3] | Should -BeLike "What if: *Create*collection 'other'*"
        $said[4] | Should -BeLike "What if: *active*collection 'work'*"
    }

    It 'makes no home' {
        $none = Join-Path $TestDrive ([guid]::NewGuid())
        New-SkmCollection -Name default -SkillMeatHome $none -WhatIf | Should -BeNullOrEmpty
        Test-Path -LiteralPath $none | Should -BeFalse
    }
}

Describe 'ConfirmImpact' {
    It 'is high where something is lost, so that <_> asks by default' -ForEach 'Restore-SkmSnapshot', 'Remove-SkmSnapshot', 'Remove-SkmArtifact' {
        $attribute = (Get-Command -Name $_).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)[0]
        $attribute.ConfirmImpact | Should -Be 'High'
    }

    It 'is not high elsewhere, so that <_> does not ask' -ForEach 'Invoke-SkmCollectionRefresh', 'New-SkmCollection', 'Set-SkmCollection', 'New-SkmSnapshot', 'Export-SkmSnapshot', 'Add-SkmArtifact', 'Update-SkmArtifact', 'Repair-SkmHome' {
        $attribute = (Get-Command -Name $_).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)[0]
        $attribute.ConfirmImpact | Should -BeIn 'Low', 'Medium'
    }
}
