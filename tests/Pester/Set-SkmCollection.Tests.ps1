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

    It 'sets description and active collection after one question, in one transaction' {
        $answer = Invoke-Pwsh -Environment @{ PATH = $env:PATH; HOME = $env:HOME; SKILLMEAT_HOME = $sample } -Command @"
Import-Module '$(Find-SkillMeat)'
Set-SkmCollection work -Description 'For work' -Active -WhatIf
"@
        $answer.Output | Should -Be "What if: Performing the operation ""Set the description to 'For work', and make it the active collection"" on target ""collection 'work'""."
        $holder = Open-LockHolder -Path $sample -Lock 'home'
        try {
            $problem = Get-Failure { Set-SkmCollection work -Description 'For work' -Active -LockTimeoutSec 0 -SkillMeatHome $sample }
        }
        finally {
            Close-LockHolder -Process $holder
        }

        $problem.FullyQualifiedErrorId | Should -BeLike 'LockTimeout,*'
        (Get-SkmCollection work -SkillMeatHome $sample).Description | Should -BeNullOrEmpty
        $set = Set-SkmCollection work -Description 'For work' -Active -PassThru -SkillMeatHome $sample
        $set.Description, $set.IsActive | Should -Be 'For work', $true
        @(Get-SkmSnapshot -Collection work -SkillMeatHome $sample).Count | Should -Be 1
    }

    It 'does not wait for work on a collection to make it the active one' {
        Set-SkmCollection work -SkillMeatHome $sample
        $holder = Open-LockHolder -Path $sample
        try {
            Set-SkmCollection default -LockTimeoutSec 0 -SkillMeatHome $sample
        }
        finally {
            Close-LockHolder -Process $holder
        }

        (Get-SkmCollection -Active -SkillMeatHome $sample).Name | Should -Be 'default'
    }

    It 'changes nothing for a collection that is not there' {
        $before = Get-HomeState -Path $sample
        $failure = Get-Failure { Set-SkmCollection -Name wirk -Active -SkillMeatHome $sample }
        $failure.FullyQualifiedErrorId | Should -Be 'CollectionNotFound,SkillMeat.Cmdlets.Commands.SetSkmCollectionCommand'
        Get-HomeState -Path $sample | Should -Be $before
    }
}
