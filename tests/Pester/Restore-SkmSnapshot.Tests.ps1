#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Restore-SkmSnapshot' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:collection = Join-Path $sample 'collections/default'
        $script:before = Get-HomeState -Path $collection
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        $script:snapshot = Get-SkmSnapshot -SkillMeatHome $sample
    }

    It 'puts every byte of manifest and lock file back' {
        Get-HomeState -Path $collection | Should -Not -Be $before
        $result = Restore-SkmSnapshot -Id $snapshot.Id -Force -SkillMeatHome $sample
        $result.SnapshotId | Should -Be $snapshot.Id
        $result.ArtifactCount | Should -Be 4
        $result.IsUnchanged | Should -BeFalse
        $result.ChangedPaths | Should -Be 'collection.toml'
        $result.ChangedArtifacts | Should -Be 'skill:meeting-notes'
        Get-HomeState -Path $collection | Should -Be $before
    }

    It 'names the snapshot and the command when it fails' {
        $lock = Join-Path $collection 'collection.lock'
        Remove-Item -LiteralPath $lock
        $null = New-Item -Path $lock -ItemType Directory
        $failure = Get-Failure { Restore-SkmSnapshot -Id $snapshot.Id -Force -SkillMeatHome $sample }
        $failure.FullyQualifiedErrorId | Should -BeLike 'StorageFailed,*'
        "$failure" | Should -BeLike "Snapshot $($snapshot.Id) was not restored, and nothing was changed: *"
        "$failure" | Should -BeLike "* When the cause is gone, Restore-SkmSnapshot -Collection 'default' -SnapshotId $($snapshot.SnapshotId) finishes the restore."
    }

    It 'can be undone by the snapshot that it names' {
        $refreshed = Get-HomeState -Path $collection
        $result = Restore-SkmSnapshot $snapshot.Id -Confirm:$false -SkillMeatHome $sample
        Restore-SkmSnapshot -Id $result.SafetySnapshotId -Force -SkillMeatHome $sample | Should -Not -BeNullOrEmpty
        Get-HomeState -Path $collection | Should -Be $refreshed
        (Get-SkmSnapshot -SkillMeatHome $sample).Kind | Sort-Object -Unique | Should -Be 'pre-refresh', 'pre-rollback'
    }

    It 'takes the snapshot from the pipeline' {
        (Get-SkmSnapshot -First 1 -SkillMeatHome $sample | Restore-SkmSnapshot -Force -SkillMeatHome $sample).SnapshotId | Should -Be $snapshot.Id
    }

    It 'takes the snapshot from what a refresh returned' {
        $entry = Invoke-SkmCollectionRefresh -SkillMeatHome (Copy-SampleHome -Path (Join-Path $TestDrive 'entry')) |
            Where-Object SnapshotId
        ($entry | Restore-SkmSnapshot -Force -SkillMeatHome (Join-Path $TestDrive 'entry/home')).SnapshotId | Should -Be $entry.SnapshotId
    }

    It 'writes nothing when the collection is as in the snapshot' {
        $null = Restore-SkmSnapshot -Id $snapshot.Id -Force -SkillMeatHome $sample
        $restored = Get-HomeState -Path $sample -WithoutLocks
        $again = Restore-SkmSnapshot -Id $snapshot.Id -Force -SkillMeatHome $sample
        $again.IsUnchanged | Should -BeTrue
        $again.SafetySnapshotId | Should -BeNullOrEmpty
        Get-HomeState -Path $sample -WithoutLocks | Should -Be $restored
    }

    It 'brings back a manifest that is damaged or gone' {
        Write-Text -Path (Join-Path $collection 'collection.toml') -Text 'not [ toml'
        $null = Restore-SkmSnapshot -Id $snapshot.Id -Force -SkillMeatHome $sample
        Get-HomeState -Path $collection | Should -Be $before
        Remove-Item -LiteralPath (Join-Path $collection 'collection.toml')
        $null = Restore-SkmSnapshot -Id $snapshot.Id -Force -SkillMeatHome $sample
        Get-HomeState -Path $collection | Should -Be $before
    }

    It 'warns of what it can not bring back' {
        Remove-Item -LiteralPath (Join-Path $collection 'skills/pdf-tools') -Recurse
        $warnings = @()
        $result = Restore-SkmSnapshot -Id $snapshot.Id -Force -SkillMeatHome $sample -WarningAction SilentlyContinue -WarningVariable warnings
        "$warnings" | Should -BeLike '*without files: skill:pdf-tools*'
        $result.Warnings.Count | Should -Be 1
    }

    It 'puts single artifacts back, and nothing else' {
        $whole = New-SkmSnapshot -SkillMeatHome $sample
        $notes = Join-Path $collection 'skills/meeting-notes/SKILL.md'
        $tools = Join-Path $collection 'skills/pdf-tools/SKILL.md'
        $kept = Get-FileHash -LiteralPath $tools
        $notes, $tools | ForEach-Object { Write-Text -Path $_ -Text 'spoilt' }
        $result = Restore-SkmSnapshot -Id $whole.Id -Artifact 'skill:pdf-tools' -Force -SkillMeatHome $sample
        $result.ChangedPaths | Should -Be 'skills/pdf-tools'
        (Get-FileHash -LiteralPath $tools).Hash | Should -Be $kept.Hash
        Get-Content -LiteralPath $notes -Raw | Should -Be 'spoilt'
        (Get-Failure { Restore-SkmSnapshot $whole.Id pdf-tools, nosuch -Force -SkillMeatHome $sample }).FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        (Get-Failure { Restore-SkmSnapshot $snapshot.Id pdf-tools -Force -SkillMeatHome $sample }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'refuses a snapshot that is damaged, and changes nothing' {
        $file = Join-Path $sample "snapshots/default/$($snapshot.Id).state.json.gz"
        $bytes = [System.IO.File]::ReadAllBytes($file)
        $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 255
        [System.IO.File]::WriteAllBytes($file, $bytes)
        $damaged = Get-HomeState -Path $sample -WithoutLocks
        $failure = Get-Failure { Restore-SkmSnapshot -Id $snapshot.Id -Force -SkillMeatHome $sample }
        $failure.FullyQualifiedErrorId | Should -Be 'SnapshotCorrupt,SkillMeat.Cmdlets.Commands.RestoreSkmSnapshotCommand'
        Get-HomeState -Path $sample -WithoutLocks | Should -Be $damaged
    }

    It 'names the newest snapshot when there is none of that id' {
        $failure = Get-Failure { Restore-SkmSnapshot -Id '20200101-000000-000000' -Force -SkillMeatHome $sample }
        $failure.FullyQualifiedErrorId | Should -Be 'SnapshotNotFound,SkillMeat.Cmdlets.Commands.RestoreSkmSnapshotCommand'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$failure" | Should -BeLike "*$($snapshot.Id)*Get-SkmSnapshot*"
    }

    It 'asks first; no leaves everything as it is, yes restores' {
        $restore = "Import-Module '$(Find-SkillMeat)'; `$null = Restore-SkmSnapshot -Id '$($snapshot.Id)' -SkillMeatHome '$sample'"
        $refreshed = Get-HomeState -Path $sample
        (Invoke-Pwsh -Interactive -Typed "n`n" -Command $restore).Output | Should -BeLike "*Restore snapshot $($snapshot.Id)*on target `"collection 'default'`"*"
        Get-HomeState -Path $sample | Should -Be $refreshed
        $null = Invoke-Pwsh -Interactive -Typed "y`n" -Command $restore
        Get-HomeState -Path $collection | Should -Be $before
    }

    It 'asks even with -Force when -Confirm is said too' {
        $refreshed = Get-HomeState -Path $sample
        $answer = Invoke-Pwsh -Interactive -Typed "n`n" -Command "Import-Module '$(Find-SkillMeat)'; Restore-SkmSnapshot -Id '$($snapshot.Id)' -Force -Confirm -SkillMeatHome '$sample'"
        $answer.Output | Should -BeLike '*Are you sure*'
        Get-HomeState -Path $sample | Should -Be $refreshed
    }
}
