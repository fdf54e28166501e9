#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Test-SkmSnapshot' {
    BeforeAll {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
        $null = New-SkmCollection -Name work -SkillMeatHome $sample
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        $script:damaged = (New-SkmSnapshot -SkillMeatHome $sample).Id
        $script:sound = (New-SkmSnapshot -SkillMeatHome $sample).Id
        $null = New-SkmSnapshot -Collection work -SkillMeatHome $sample
        $file = Get-Item -Path (Join-Path $sample "snapshots/default/$damaged*")
        [System.IO.File]::WriteAllBytes($file.FullName, [System.IO.File]::ReadAllBytes($file.FullName)[0..9])
    }

    It 'tests all of a collection' {
        $checks = Test-SkmSnapshot -SkillMeatHome $sample
        $checks.Id | Should -Be (Get-SkmSnapshot -SkillMeatHome $sample -ErrorAction SilentlyContinue).Id
        $checks.IsSound | Should -Be $true, $false, $true
        ($checks | Where-Object Problems).Id | Should -Be $damaged
        $checks[1].Problems[0] | Should -BeLike "*$damaged*"
        $checks[0].ObjectCount | Should -BeGreaterThan 10
    }

    It 'tests the named ones' {
        (Test-SkmSnapshot $sound -SkillMeatHome $sample).IsSound | Should -BeTrue
        (Test-SkmSnapshot -Id $damaged, $sound -SkillMeatHome $sample).IsSound | Should -Be $false, $true
    }

    It 'takes snapshots and collections from the pipeline' {
        (Get-SkmSnapshot -First 1 -SkillMeatHome $sample | Test-SkmSnapshot -SkillMeatHome $sample).Id | Should -Be $sound
        (Get-SkmCollection -SkillMeatHome $sample | Test-SkmSnapshot -SkillMeatHome $sample).Collection | Should -Be 'default', 'default', 'default', 'work'
        Get-SkmSnapshot -Id 'nothing*' -SkillMeatHome $sample | Test-SkmSnapshot -SkillMeatHome $sample | Should -BeNullOrEmpty
    }

    It 'tests the others when one is not there' {
        $problems = @()
        (Test-SkmSnapshot -Id 'nosuch', $sound -SkillMeatHome $sample -ErrorAction SilentlyContinue -ErrorVariable problems).Id | Should -Be $sound
        $problems[0].FullyQualifiedErrorId | Should -Be 'SnapshotNotFound,SkillMeat.Cmdlets.Commands.TestSkmSnapshotCommand'
        $problems[0].TargetObject | Should -Be 'nosuch'
    }

    It 'changes nothing' {
        $before = Get-HomeState -Path $sample
        $null = Test-SkmSnapshot -SkillMeatHome $sample
        Get-HomeState -Path $sample | Should -Be $before
    }
}
