#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:oldHome = $env:HOME

    function Initialize-Stage {
        # A sample home and a project that has all of it; the copy of a skill was edited.
        $script:place = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:sample = Copy-SampleHome -Path $place
        $script:collection = Join-Path $sample 'collections/default'
        $script:app = (New-Item -ItemType Directory -Path (Join-Path $place 'app')).FullName
        $env:HOME = (New-Item -ItemType Directory -Path (Join-Path $place 'user')).FullName
        $env:SKILLMEAT_HOME = $sample
        $null = Register-SkmProject $app
        $null = Install-SkmArtifact * -Project app
        $script:copy = Join-Path $app '.claude/skills/pdf-tools/SKILL.md'
        Add-Content -LiteralPath $copy -Value 'Mine.'
    }
}

AfterAll {
    $env:HOME = $oldHome
    $env:SKILLMEAT_HOME = $null
}

Describe 'Compare-SkmArtifact' {
    BeforeEach {
        Initialize-Stage
    }

    It 'returns files, hunks and lines with their numbers' {
        $comparison = Compare-SkmArtifact pdf-tools app
        $comparison.ArtifactId | Should -Be 'skill:pdf-tools'
        "$($comparison.From) $($comparison.To)" | Should -Be 'collection project'
        $comparison.Files.Path | Should -Be 'SKILL.md'
        $comparison.Files[0].Change | Should -Be 'Changed'
        $added = $comparison.Files[0].Hunks[0].Lines | Where-Object Kind -EQ Added
        $added.Text | Should -Be 'Mine.'
        $added.NewLine | Should -Be 12
        $added.OldLine | Should -BeNullOrEmpty
        $comparison.Diff | Should -BeLike "--- collection/SKILL.md`n+++ project/SKILL.md`n@@ *`n+Mine.*"
    }

    It 'compares any two sides' {
        $id = (New-SkmSnapshot).SnapshotId
        Add-Content -LiteralPath (Join-Path $collection 'skills/pdf-tools/SKILL.md') -Value 'Newer.'
        Set-Content -LiteralPath (Join-Path $place 'upstream/skills/pdf-tools/SKILL.md') -Value ((Get-Content -LiteralPath (Join-Path $place 'upstream/skills/pdf-tools/SKILL.md') -Raw) + 'Newest.')
        $expected = [ordered]@{ 'Collection, Project' = '-Newer. +Mine.'; 'Project,Base' = '-Mine.'; 'base,COLLECTION' = '+Newer.'; "Snapshot:$id,Collection" = '+Newer.'; 'Collection,Upstream' = '-Newer. +Newest.' }
        foreach ($sides in $expected.Keys) {
            $comparison = Compare-SkmArtifact pdf-tools -Project app -Between ($sides -split ', ?')
            "$($comparison.Files.Hunks.Lines | Where-Object Kind -NE Context)" | Should -Be $expected[$sides] -Because $sides
        }

        # Without a project, the local edits.
        "$((Compare-SkmArtifact pdf-tools).From)" | Should -Be 'base'
        (Compare-SkmArtifact pdf-tools -Between 'Collection,Collection').Files.Count | Should -Be 0
    }

    It 'shows a diff, in colours where colours are on, and harmless' {
        Add-Content -LiteralPath $copy -Value "`e]0;title`a"
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $shown = Compare-SkmArtifact pdf-tools app | Out-String
            $shown | Should -BeLike "*$([wildcardpattern]::Escape("$($PSStyle.Foreground.Green)+Mine.$($PSStyle.Reset)"))*"
            $shown | Should -Not -BeLike "*`e``]*"
            $PSStyle.OutputRendering = 'PlainText'
            $shown = Compare-SkmArtifact pdf-tools app | Out-String
            $shown | Should -Not -Match "`e"
            $shown | Should -BeLike '*skill:pdf-tools: collection → project*--- collection/SKILL.md*+++ project/SKILL.md*+Mine.*'
            Compare-SkmArtifact meeting-notes app | Out-String | Should -BeLike '*There is no difference.*'
            Compare-SkmArtifact pdf-tools app | Format-Table | Out-String | Should -Match 'skill:pdf-tools +collection +project +SKILL.md'
            Compare-SkmArtifact pdf-tools app | Format-List | Out-String | Should -Match '(?s)Files +: Changed SKILL.md.*Diff +: --- collection/SKILL.md'
        }
        finally {
            $PSStyle.OutputRendering = $before
        }
    }

    It 'takes artifacts, drift and names from the pipeline, each in its own place' {
        $null = Install-SkmArtifact pdf-tools -Project app -Profile codex
        (Get-SkmDrift app | Compare-SkmArtifact).Path | Should -Be (Split-Path $copy)
        (Get-SkmDrift app -IncludeInSync -Name pdf-tools -Profile codex | Compare-SkmArtifact).Files.Count | Should -Be 0
        (Get-SkmArtifact -Type skill | Compare-SkmArtifact).ArtifactId | Should -Be 'skill:meeting-notes', 'skill:pdf-tools'
        (Get-SkmArtifact -Type skill | Compare-SkmArtifact -Project app).ForEach({ $_.Files.Count }) | Should -Be 0, 1
        ('pdf-tools', 'changelog' | Compare-SkmArtifact -Project app).Name | Should -Be 'pdf-tools', 'changelog'
        (Get-Item -LiteralPath $app | Get-SkmProject | Compare-SkmArtifact -ErrorVariable problems -ErrorAction SilentlyContinue) | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'reaches the folders of the user' {
        $null = Install-SkmArtifact pdf-tools -UserScope
        (Compare-SkmArtifact pdf-tools -UserScope).Path | Should -Be (Join-Path $env:HOME '.claude/skills/pdf-tools')
    }

    It 'reports an artifact that cannot be compared, and compares the others' {
        (Compare-SkmArtifact pdf-tools, nothing -Project app -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be 'pdf-tools'
        $problems.FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        $problems.TargetObject | Should -Be 'nothing'
        (Get-Failure { Compare-SkmArtifact pdf-tools -Between Collection }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Compare-SkmArtifact pdf-tools -Between Collection, Nothing }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Compare-SkmArtifact pdf-tools -Project (Join-Path $place 'none') }).FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        (Get-Failure { Compare-SkmArtifact }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        @() | Compare-SkmArtifact | Should -BeNullOrEmpty
    }

    It 'opens both sides in the difftool' {
        $log = Join-Path $place 'log.txt'
        $script = Join-Path $place 'tool.ps1'
        Write-Text -Path $script -Text "Set-Content -LiteralPath '$log' -Value (`$args | ForEach-Object { Get-Content -LiteralPath (Join-Path `$_ SKILL.md) -Tail 1 })"
        $env:SKILLMEAT_DIFFTOOL = ((Get-PowerShellCommand) + '-NoProfile', '-File', $script | ForEach-Object { """$_""" }) -join ' '
        try {
            (Compare-SkmArtifact pdf-tools app -Between Project, Base -Tool).Files.Count | Should -Be 1
        }
        finally {
            $env:SKILLMEAT_DIFFTOOL = $null
        }

        (Get-Content -LiteralPath $log)[0] | Should -Be 'Mine.'
        (Get-Content -LiteralPath $log)[1] | Should -Not -Be 'Mine.'
    }

    It 'completes sides and snapshots' {
        $id = (New-SkmSnapshot).SnapshotId
        (Get-Completion -Line 'Compare-SkmArtifact pdf-tools -Between Up').CompletionText | Should -Be 'Upstream'
        (Get-Completion -Line 'Compare-SkmArtifact pdf-tools -Between Snap').CompletionText | Should -Contain "Snapshot:$id"
    }
}
