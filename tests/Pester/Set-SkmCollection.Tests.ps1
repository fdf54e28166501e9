#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Set-SkmCollection' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $null = New-SkmCollection -Name work -SkillMeatHome $sample
    }

    It 'makes a collection the active one, without output' {
        Set-SkmCollection -Name work -Active -SkillMeatHome $sample | Should -BeNullOrEmpty
        (Get-SkmCollection -Active -SkillMeatHome $sample).Name | Should -Be 'work'
        Get-SkmArtifact -SkillMeatHome $sample | Should -BeNullOrEmpty
    }

    It 'returns it with -PassThru, as it is then' {
        $set = Set-SkmCollection work -Active -PassThru -SkillMeatHome $sample
        $set.Name | Should -Be 'work'
        $set.IsActive | Should -BeTrue
    }

    It 'takes a collection from the pipeline' {
        Get-SkmCollection -Name work -SkillMeatHome $sample | Set-SkmCollection -Active -SkillMeatHome $sample
        (Get-SkmCollection -Active -SkillMeatHome $sample).Name | Should -Be 'work'
    }

    It 'keeps the rest of the configuration' {
        $config = Join-Path $sample 'config.toml'
        Write-Text -Path $config -Text "# mine`n[settings]`nkeep-automatic-snapshots = 3 # few`ndefault-collection = `"default`"`n"
        Set-SkmCollection -Name work -Active -SkillMeatHome $sample
        Get-Content -LiteralPath $config -Raw | Should -Be "# mine`n[settings]`nkeep-automatic-snapshots = 3 # few`ndefault-collection = `"work`"`n"
    }

    It 'writes nothing when it is the active one already' {
        $before = Get-HomeState -Path $sample -WithoutLocks
        Set-SkmCollection -Name default -Active -SkillMeatHome $sample
        Get-HomeState -Path $sample -WithoutLocks | Should -Be $before
    }

    It 'changes nothing for a collection that is not there' {
        $before = Get-HomeState -Path $sample
        $failure = Get-Failure { Set-SkmCollection -Name wirk -Active -SkillMeatHome $sample }
        $failure.FullyQualifiedErrorId | Should -Be 'CollectionNotFound,SkillMeat.Cmdlets.Commands.SetSkmCollectionCommand'
        Get-HomeState -Path $sample | Should -Be $before
    }
}
