#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
    $null = 'work', 'writing' | New-SkmCollection -SkillMeatHome $sample
}

Describe 'Get-SkmCollection' {
    It 'lists all collections by name' {
        (Get-SkmCollection -SkillMeatHome $sample).Name | Should -Be 'default', 'work', 'writing'
    }

    It 'tells what a collection holds' {
        $collection = Get-SkmCollection -Name default -SkillMeatHome $sample
        $collection.ArtifactCount | Should -Be 4
        $collection.IsActive | Should -BeTrue
        $collection.Title | Should -Be 'default'
        $collection.Folder | Should -Be (Join-Path -Path $sample -ChildPath 'collections/default')
        $collection.Created | Should -Be ([System.DateTimeOffset] '2026-11-01T09:00:00Z')
        $collection.Problem | Should -BeNullOrEmpty
    }

    It 'takes wildcards, several names and any case' {
        (Get-SkmCollection -Name 'W*' -SkillMeatHome $sample).Name | Should -Be 'work', 'writing'
        (Get-SkmCollection -Name 'DEFAULT', 'work' -SkillMeatHome $sample).Name | Should -Be 'default', 'work'
    }

    It 'takes names from the pipeline' {
        ('work', 'default' | Get-SkmCollection -SkillMeatHome $sample).Name | Should -Be 'work', 'default'
    }

    It 'finds the active one' {
        (Get-SkmCollection -Active -SkillMeatHome $sample).Name | Should -Be 'default'
    }

    It 'finds the home by SKILLMEAT_HOME' {
        try {
            $env:SKILLMEAT_HOME = $sample
            (Get-SkmCollection -Active).Folder | Should -BeLike "$sample*"
        }
        finally {
            Remove-Item -LiteralPath Env:SKILLMEAT_HOME
        }
    }

    It 'finds a home on a PowerShell drive' {
        (Get-SkmCollection -Active -SkillMeatHome 'TestDrive:/sample/home').Folder | Should -Be (Join-Path -Path $sample -ChildPath 'collections/default')
    }

    It 'lists a collection that can not be read, with the reason, beside the others' {
        $damaged = Copy-SampleHome -Path (Join-Path $TestDrive 'damaged')
        $null = New-SkmCollection -Name broken -SkillMeatHome $damaged
        Write-Text -Path (Join-Path $damaged 'collections/broken/collection.toml') -Text "[collection]`nname = `n"
        $problems = @()
        $listed = Get-SkmCollection -SkillMeatHome $damaged -ErrorAction SilentlyContinue -ErrorVariable problems
        $listed.Name | Should -Be 'broken', 'default'
        $listed[0].Problem | Should -BeLike '*collection.toml:2:*'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidToml,SkillMeat.Cmdlets.Commands.GetSkmCollectionCommand'
        $problems[0].TargetObject.Name | Should -Be 'broken'
    }

    It 'changes nothing' {
        $before = Get-HomeState -Path $sample
        $null = Get-SkmCollection -SkillMeatHome $sample
        Get-HomeState -Path $sample | Should -Be $before
    }
}
