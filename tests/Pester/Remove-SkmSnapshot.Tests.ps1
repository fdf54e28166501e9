#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Remove-SkmSnapshot' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        foreach ($field in 'tags', 'description', 'license') {
            $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample -Fields $field
        }

        $script:ids = (Get-SkmSnapshot -SkillMeatHome $sample).Id
    }

    It 'removes one, without output and without touching the collection' {
        $collection = Get-HomeState -Path (Join-Path $sample 'collections')
        Remove-SkmSnapshot -Id $ids[1] -Force -SkillMeatHome $sample | Should -BeNullOrEmpty
        (Get-SkmSnapshot -SkillMeatHome $sample).Id | Should -Be $ids[0, 2]
        Get-HomeState -Path (Join-Path $sample 'collections') | Should -Be $collection
    }

    It 'returns what it removed with -PassThru' {
        $removed = Remove-SkmSnapshot $ids[0], $ids[2] -PassThru -Confirm:$false -SkillMeatHome $sample
        $removed.Id | Should -Be $ids[0, 2]
        $removed[0].Message | Should -Be 'Before refresh of 1 artifact(s)'
        (Get-SkmSnapshot -SkillMeatHome $sample).Id | Should -Be $ids[1]
    }

    It 'takes snapshots from the pipeline, of several collections' {
        Copy-Item -LiteralPath (Join-Path $sample 'collections/default') -Destination (Join-Path $sample 'collections/second') -Recurse
        $null = Invoke-SkmCollectionRefresh -Collection second -SkillMeatHome $sample
        Get-SkmCollection -SkillMeatHome $sample | Get-SkmSnapshot -SkillMeatHome $sample | Remove-SkmSnapshot -Force -SkillMeatHome $sample
        Get-SkmSnapshot -SkillMeatHome $sample | Should -BeNullOrEmpty
        Get-SkmSnapshot -Collection second -SkillMeatHome $sample | Should -BeNullOrEmpty
    }

    It 'removes the others when one is not there' {
        $problems = @()
        Remove-SkmSnapshot -Id $ids[0], '20200101-000000-000000', $ids[1] -Force -SkillMeatHome $sample -ErrorAction SilentlyContinue -ErrorVariable problems
        @($problems).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'SnapshotNotFound,SkillMeat.Cmdlets.Commands.RemoveSkmSnapshotCommand'
        $problems[0].TargetObject | Should -Be '20200101-000000-000000'
        (Get-SkmSnapshot -SkillMeatHome $sample).Id | Should -Be $ids[2]
    }

    It 'removes a damaged one' {
        Write-Text -Path (Join-Path $sample "snapshots/default/$($ids[0]).state.json.gz") -Text 'damaged'
        Remove-SkmSnapshot -Id $ids[0] -Force -SkillMeatHome $sample
        (Get-SkmSnapshot -SkillMeatHome $sample).Id | Should -Be $ids[1, 2]
    }

    It 'removes old ones by count' {
        $manual = (New-SkmSnapshot -SkillMeatHome $sample).Id
        Remove-SkmSnapshot -KeepLast 3 -Force -PassThru -SkillMeatHome $sample | Should -BeNullOrEmpty
        (Remove-SkmSnapshot -KeepLast 1 -Force -PassThru -SkillMeatHome $sample).Id | Should -Be $ids[1, 2]
        (Get-SkmSnapshot -SkillMeatHome $sample).Id | Should -Be $manual, $ids[0]
    }

    It 'removes old ones by age' {
        Remove-SkmSnapshot -OlderThan (New-TimeSpan -Days 1) -Force -PassThru -SkillMeatHome $sample | Should -BeNullOrEmpty
        (Remove-SkmSnapshot -KeepLast 2 -OlderThan 0 -Force -PassThru -SkillMeatHome $sample).Id | Should -Be $ids[2]
        (Get-Failure { Remove-SkmSnapshot -OlderThan (New-TimeSpan -Days -1) -Force -SkillMeatHome $sample }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        # PowerShell reads a bare number as ticks.
        "$(Get-Failure { Remove-SkmSnapshot -OlderThan 30 -Force -SkillMeatHome $sample })" | Should -BeLike '*New-TimeSpan -Days 30*'
        "$(Get-Failure { Remove-SkmSnapshot -OlderThan $null -Force -SkillMeatHome $sample })" | Should -Not -BeNullOrEmpty
        (Get-Failure { Remove-SkmSnapshot -KeepLast -1 -Force -SkillMeatHome $sample }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        (Get-SkmSnapshot -SkillMeatHome $sample).Id | Should -Be $ids[0, 1]
    }

    It 'removes old ones of each collection of the pipeline once' {
        $null = New-SkmCollection -Name work -SkillMeatHome $sample
        (Get-SkmCollection -SkillMeatHome $sample | Remove-SkmSnapshot -KeepLast 2 -Force -PassThru -SkillMeatHome $sample).Id | Should -Be $ids[2]
        (Get-SkmSnapshot -SkillMeatHome $sample | Remove-SkmSnapshot -KeepLast 1 -Force -PassThru -SkillMeatHome $sample).Id | Should -Be $ids[1]
    }

    It 'asks about each, and removes what was agreed to' {
        $answer = Invoke-Pwsh -Interactive -Typed "n`ny`nn`n" -Command "Import-Module '$(Find-SkillMeat)'; Get-SkmSnapshot -SkillMeatHome '$sample' | Remove-SkmSnapshot -SkillMeatHome '$sample'"
        $answer.Output | Should -BeLike "*Remove*snapshot $($ids[0])*"
        $answer.ErrorText | Should -BeNullOrEmpty
        (Get-SkmSnapshot -SkillMeatHome $sample).Id | Should -Be $ids[0, 2]
    }
}
