#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Rename-SkmCollection and Set-SkmCollection -Description' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
    }

    It 'renames a collection, without output' {
        Rename-SkmCollection default team | Should -BeNullOrEmpty
        (Get-SkmCollection -Active).Name | Should -Be 'team'
        (Get-SkmArtifact).Count | Should -Be 4
    }

    It 'takes a collection from the pipeline and returns what it did' {
        $renamed = Get-SkmCollection | Rename-SkmCollection -NewName team -PassThru
        $renamed.PreviousName | Should -Be 'default'
        ($renamed | Get-SkmCollection).ArtifactCount | Should -Be 4
    }

    It 'refuses a name that is taken' {
        $null = New-SkmCollection other
        $before = Get-HomeState -Path $sample -WithoutLocks
        (Get-Failure { Rename-SkmCollection default other }).FullyQualifiedErrorId | Should -Be 'CollectionExists,SkillMeat.Cmdlets.Commands.RenameSkmCollectionCommand'
        (Get-Failure { Rename-SkmCollection gone x }).FullyQualifiedErrorId | Should -Be 'CollectionNotFound,SkillMeat.Cmdlets.Commands.RenameSkmCollectionCommand'
        Get-HomeState -Path $sample -WithoutLocks | Should -Be $before
    }

    It 'sets and removes a description, and leaves the active collection alone' {
        $null = New-SkmCollection other
        (Set-SkmCollection other -Description 'For work' -PassThru).Description | Should -Be 'For work'
        (Get-SkmCollection -Active).Name | Should -Be 'default'
        Set-SkmCollection other -Description '' -Active
        (Get-SkmCollection -Active).Name | Should -Be 'other'
        (Get-SkmCollection other).Description | Should -BeNullOrEmpty
    }
}

Describe 'Remove-SkmCollection' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
        $script:collection = Join-Path $sample 'collections/default'
    }

    It 'deletes a collection with all files, and the snapshot brings it back' {
        Write-Text -Path (Join-Path $collection 'mine.txt') -Text 'mine'
        $before = Get-HomeState -Path $collection
        $deleted = Remove-SkmCollection default -Force -PassThru
        $deleted.ArtifactCount | Should -Be 4
        $collection | Should -Not -Exist
        (Get-SkmSnapshot -Collection default)[0].Kind | Should -Be 'pre-delete'
        $null = $deleted | Restore-SkmSnapshot -Force
        Get-HomeState -Path $collection | Should -Be $before
    }

    It 'takes wildcards and collections from the pipeline, and nothing else' {
        $null = 'a1', 'a2', 'b' | New-SkmCollection
        Remove-SkmCollection a* -Force
        Get-SkmCollection b | Remove-SkmCollection -Confirm:$false
        (Get-SkmCollection).Name | Should -Be 'default'
        (Get-Failure { Get-SkmArtifact pdf-tools | Remove-SkmCollection -Force }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $collection | Should -Exist
    }

    It 'deletes a collection with links to its files only with -Force' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'links need a privilege on Windows' }
        $project = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        Register-SkmProject $project
        $null = Install-SkmArtifact pdf-tools -Project $project -Mode Link
        $link = Join-Path $project '.claude/skills/pdf-tools'
        $planned = Remove-SkmCollection default -WhatIf -PassThru -WarningVariable warnings -WarningAction SilentlyContinue
        $planned.LinkedDeployments | Should -Be $link
        $warnings | Should -BeLike "*$link*"
        $failure = Get-Failure { Remove-SkmCollection default -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $failure.Exception.Message | Should -BeLike "*$link*"
        $collection | Should -Exist
        Remove-SkmCollection default -Force
        $collection | Should -Not -Exist
    }

    It 'deletes nothing without confirmation' {
        $run = Invoke-Pwsh -Environment @{ PATH = $env:PATH } -Command "Import-Module '$(Find-SkillMeat)'; Remove-SkmCollection default -SkillMeatHome '$sample'"
        $run.ErrorText | Should -BeLike '*-Force*'
        $collection | Should -Exist
    }
}

Describe 'Move-SkmArtifact and Copy-SkmArtifact' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
        $null = New-SkmCollection team
    }

    It 'moves artifacts by wildcards and from the pipeline' {
        Move-SkmArtifact p*, command:* -Destination team | Should -BeNullOrEmpty
        Get-SkmArtifact meeting-notes | Move-SkmArtifact -Destination team
        (Get-SkmArtifact -Collection team).ArtifactId | Sort-Object | Should -Be 'command:changelog', 'skill:meeting-notes', 'skill:pdf-tools'
        (Get-SkmArtifact).ArtifactId | Should -Be 'agent:code-reviewer'
    }

    It 'returns objects that name the artifact where it is now' {
        $moved = Move-SkmArtifact pdf-tools team -PassThru
        $moved.Status | Should -Be 'moved'
        ($moved | Get-SkmArtifact).Collection | Should -Be 'team'
        $null = Restore-SkmSnapshot -Collection default -SnapshotId $moved.SourceSnapshotId -Force
        (Get-SkmArtifact).Name | Should -Contain 'pdf-tools'
    }

    It 'copies under another name' {
        (Copy-SkmArtifact pdf-tools -Destination team -NewName second -PassThru).ArtifactId | Should -Be 'skill:second'
        (Get-SkmArtifact).Count | Should -Be 4
    }

    It 'changes nothing if one artifact cannot go there' {
        Copy-SkmArtifact pdf-tools -Destination team
        $before = Get-HomeState -Path $sample -WithoutLocks
        $failure = Get-Failure { Move-SkmArtifact * -Destination team }
        $failure.FullyQualifiedErrorId | Should -Be 'InvalidArgument,SkillMeat.Cmdlets.Commands.MoveSkmArtifactCommand'
        "$failure" | Should -BeLike "*already has an artifact 'skill:pdf-tools'*"
        (Get-Failure { Move-SkmArtifact changelog -Destination taem }).FullyQualifiedErrorId | Should -BeLike 'CollectionNotFound,*'
        (Get-Failure { Move-SkmArtifact nothing -Destination team }).FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        Get-HomeState -Path $sample -WithoutLocks | Should -Be $before
    }

    It 'warns when no snapshot is taken' {
        Copy-SkmArtifact pdf-tools -Destination team -SkipSnapshot -WarningAction SilentlyContinue -WarningVariable warnings
        "$warnings" | Should -BeLike '*cannot be undone*'
        Get-SkmSnapshot -Collection team | Should -BeNullOrEmpty
    }
}
