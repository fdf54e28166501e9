#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'New-SkmSnapshot' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
    }

    It 'takes a snapshot of everything that a collection holds' {
        $before = Get-HomeState -Path (Join-Path $sample 'collections')
        $taken = New-SkmSnapshot -Message 'before experiments' -SkillMeatHome $sample
        $taken.Kind | Should -Be 'manual'
        $taken.Message | Should -Be 'before experiments'
        $taken.ArtifactCount | Should -Be 4
        $taken.Warnings.Count | Should -Be 0
        (Get-SkmSnapshot -SkillMeatHome $sample).Id | Should -Be $taken.Id
        Remove-Item -LiteralPath (Join-Path $sample 'collections/default') -Recurse
        $null = Restore-SkmSnapshot -Id $taken.Id -Force -SkillMeatHome $sample
        Get-HomeState -Path (Join-Path $sample 'collections') | Should -Be $before
    }

    It 'costs little when nothing changed' {
        $first = New-SkmSnapshot 'one' -SkillMeatHome $sample
        (New-SkmSnapshot 'two' -SkillMeatHome $sample).SizeBytes | Should -BeLessThan $first.SizeBytes
    }

    It 'takes collections from the pipeline' {
        $null = New-SkmCollection -Name work -SkillMeatHome $sample
        (Get-SkmCollection -SkillMeatHome $sample | New-SkmSnapshot -Message all -SkillMeatHome $sample).Collection | Should -Be 'default', 'work'
    }

    It 'takes none of a collection that is not there' {
        (Get-Failure { New-SkmSnapshot -Collection nosuch -SkillMeatHome $sample }).FullyQualifiedErrorId |
            Should -Be 'CollectionNotFound,SkillMeat.Cmdlets.Commands.NewSkmSnapshotCommand'
    }

    It 'warns of what it can not take in' -Skip:$IsWindows {
        & mkfifo (Join-Path $sample 'collections/default/skills/pdf-tools/pipe')
        $warnings = @()
        $taken = New-SkmSnapshot -SkillMeatHome $sample -WarningAction SilentlyContinue -WarningVariable warnings
        "$warnings" | Should -BeLike '*skills/pdf-tools/pipe*'
        $taken.Warnings.Count | Should -Be 1
    }
}
