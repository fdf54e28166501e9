#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Remove-SkmArtifact' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
        $script:collection = Join-Path $sample 'collections/default'
    }

    It 'removes artifacts with their files, and the snapshot brings them back' {
        $before = Get-HomeState -Path $collection
        $removed = Remove-SkmArtifact p*, command:changelog -Force -PassThru
        $removed.ArtifactId | Should -Be 'skill:pdf-tools', 'command:changelog'
        $removed[0].Path | Should -Not -Exist
        (Get-SkmArtifact).Count | Should -Be 2
        $null = Restore-SkmSnapshot -Id $removed[0].SnapshotId -Force
        Get-HomeState -Path $collection | Should -Be $before
    }

    It 'returns nothing without -PassThru' {
        Remove-SkmArtifact pdf-tools -Confirm:$false | Should -BeNullOrEmpty
        (Get-SkmArtifact).Name | Should -Not -Contain 'pdf-tools'
    }

    It 'takes artifacts of several collections from the pipeline, and only those' {
        Copy-Item -LiteralPath $collection -Destination (Join-Path $sample 'collections/second') -Recurse
        @(Get-SkmArtifact pdf-tools -Collection default) + @(Get-SkmArtifact changelog -Collection second) | Remove-SkmArtifact -Force
        (Get-SkmArtifact -Collection default).Name | Should -Be 'meeting-notes', 'changelog', 'code-reviewer'
        (Get-SkmArtifact -Collection second).Name | Should -Be 'meeting-notes', 'pdf-tools', 'code-reviewer'
        @() | Remove-SkmArtifact -Force
        (Get-SkmCollection | Remove-SkmArtifact meeting-notes -Force -PassThru).Collection | Should -Be 'default', 'second'
    }

    It 'removes the others when one is not there' {
        $problems = @()
        Remove-SkmArtifact nothing, pdf-tools -Force -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.FullyQualifiedErrorId | Should -Be 'ArtifactNotFound,SkillMeat.Cmdlets.Commands.RemoveSkmArtifactCommand'
        (Get-SkmArtifact).Count | Should -Be 3
    }

    It 'keeps files and makes no snapshot where that is wanted' {
        $warnings = @()
        $removed = Remove-SkmArtifact pdf-tools -Type skill -KeepFiles -SkipSnapshot -Force -PassThru -WarningAction SilentlyContinue -WarningVariable warnings
        $removed.FilesKept | Should -BeTrue
        $removed.Path | Should -Exist
        "$warnings" | Should -BeLike '*cannot be undone*'
        Get-SkmSnapshot | Should -BeNullOrEmpty
    }

    It 'removes nothing where nobody can be asked' {
        $run = Invoke-Pwsh -Environment @{ PATH = $env:PATH } -Command "Import-Module '$(Find-SkillMeat)'; Remove-SkmArtifact pdf-tools -SkillMeatHome '$sample'"
        $run.ErrorText | Should -BeLike '*-Force*'
        (Get-SkmArtifact).Count | Should -Be 4
    }

    It 'removes nothing with -WhatIf' {
        $before = Get-HomeState -Path $sample
        $rows = Remove-SkmArtifact * -Force -WhatIf -PassThru
        $rows.DryRun | Sort-Object -Unique | Should -Be $true
        $rows.Status | Sort-Object -Unique | Should -Be 'would be removed'
        Get-HomeState -Path $sample | Should -Be $before
    }
}
