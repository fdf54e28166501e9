#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:oldHome = $env:HOME

    function Initialize-Stage {
        # A sample home and two projects, app and lib, that have all of it. The user's folder is a new one.
        $script:place = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:sample = Copy-SampleHome -Path $place
        $script:collection = Join-Path $sample 'collections/default'
        $script:app = (New-Item -ItemType Directory -Path (Join-Path $place 'src/app')).FullName
        $script:lib = (New-Item -ItemType Directory -Path (Join-Path $place 'src/lib')).FullName
        $env:HOME = (New-Item -ItemType Directory -Path (Join-Path $place 'user')).FullName
        $env:SKILLMEAT_HOME = $sample
        $null = $app, $lib | Register-SkmProject
        $null = Install-SkmArtifact * -Project app, lib
    }

    function Add-Edit {
        param([string] $Folder, [string] $Path = 'skills/pdf-tools/SKILL.md', [string] $Text = 'Mine.')

        Add-Content -LiteralPath (Join-Path $Folder ($Folder -eq $collection ? $Path : ".claude/$Path")) -Value $Text
    }

    function Read-Edit {
        param([string] $Folder, [string] $Path = 'skills/pdf-tools/SKILL.md')

        (Get-Content -LiteralPath (Join-Path $Folder ($Folder -eq $collection ? $Path : ".claude/$Path")))[-1]
    }

    function Invoke-Other {
        # Another PowerShell on the same stage.
        param([string] $Command, [string] $Typed = '', [switch] $Interactive)

        Invoke-Pwsh -Interactive:$Interactive -Typed $Typed -Environment @{ PATH = $env:PATH; HOME = $env:HOME; SKILLMEAT_HOME = $sample; TERM = 'dumb' } -Command "Import-Module '$(Find-SkillMeat)'; $Command"
    }
}

AfterAll {
    $env:HOME = $oldHome
    $env:SKILLMEAT_HOME = $null
}

Describe 'Sync-SkmProject' {
    BeforeEach {
        Initialize-Stage
    }

    It 'brings the changes of each side to the other, and nothing drifts then' {
        Add-Edit $app
        Add-Edit $collection -Path 'commands/changelog.md' -Text 'Theirs.'
        $entries = Sync-SkmProject app
        $entries.ForEach({ "$($_.Name) $($_.Status)" }) | Should -Be 'meeting-notes Unchanged', 'pdf-tools Pushed', 'changelog Pulled', 'code-reviewer Unchanged'
        Read-Edit $collection | Should -Be 'Mine.'
        Read-Edit $app -Path 'commands/changelog.md' | Should -Be 'Theirs.'
        Get-SkmDrift app | Should -BeNullOrEmpty
        (Sync-SkmProject app).Status | Sort-Object -Unique | Should -Be 'Unchanged'

        # The snapshot brings the collection back.
        Restore-SkmSnapshot -Id ($entries | Where-Object SnapshotId).SnapshotId -Force | Out-Null
        Read-Edit $collection | Should -Not -Be 'Mine.'
    }

    It 'does with <Strategy> in direction <Direction> what these say' -ForEach @(
        @{ Strategy = 'Merge'; Direction = 'Push'; Status = 'Pushed'; InProject = 'Mine.'; InCollection = 'Mine.' }
        @{ Strategy = 'Merge'; Direction = 'Pull'; Status = 'Skipped'; InProject = 'Mine.'; InCollection = '*pdftotext*' }
        @{ Strategy = 'Overwrite'; Direction = 'Push'; Status = 'Pushed'; InProject = 'Mine.'; InCollection = 'Mine.' }
        @{ Strategy = 'Overwrite'; Direction = 'Pull'; Status = 'Pulled'; InProject = '*pdftotext*'; InCollection = '*pdftotext*' }
    ) {
        Add-Edit $app
        (Sync-SkmProject app -Name pdf-tools -Strategy $Strategy -Direction $Direction).Status | Should -Be $Status
        Read-Edit $app | Should -BeLike $InProject
        Read-Edit $collection | Should -BeLike $InCollection
    }

    It 'refuses to overwrite without a direction' {
        (Get-Failure { Sync-SkmProject app -Strategy Overwrite }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'changes nothing of a conflict, and -ResolveWith finishes it: <Choice>' -ForEach @(
        @{ Choice = 'Project'; Text = 'Mine.' }, @{ Choice = 'Collection'; Text = 'Theirs.' }, @{ Choice = './merged'; Text = 'By hand.' }
    ) {
        Add-Edit $app
        Add-Edit $collection -Text 'Theirs.'
        $warnings = @()
        $entry = Sync-SkmProject app -Name pdf-* -WarningVariable warnings -WarningAction SilentlyContinue
        $entry.Status | Should -Be 'Conflict'
        $entry.Conflicts.Path | Should -Be 'SKILL.md'
        "$warnings" | Should -BeLike "*skill:pdf-tools in *SKILL.md, line 12*Sync-SkmProject '$app' -Name 'skill:pdf-tools' -Profile claude_code -ResolveWith Project|Collection|<folder> resolves it.*"
        Read-Edit $app | Should -Be 'Mine.'
        Read-Edit $collection | Should -Be 'Theirs.'

        Copy-Item -LiteralPath (Join-Path $collection 'skills/pdf-tools') -Destination (Join-Path $place 'merged') -Recurse
        Add-Content -LiteralPath (Join-Path $place 'merged/SKILL.md') -Value 'By hand.'
        Push-Location -LiteralPath $place
        try {
            (Sync-SkmProject app -Name pdf-tools -ResolveWith $Choice).Status | Should -Not -Be 'Conflict'
        }
        finally {
            Pop-Location
        }

        Read-Edit $app | Should -Be $Text
        Read-Edit $collection | Should -Be $Text
        Get-SkmDrift app | Should -BeNullOrEmpty
    }

    It 'makes a new artifact of an edited copy' {
        Add-Edit $app
        (Sync-SkmProject app -Name pdf-tools -Strategy Fork -ForkName own-pdf).ForkedAs | Should -Be 'skill:own-pdf'
        (Get-SkmArtifact own-pdf).Origin | Should -Be 'Local'
        Join-Path $app '.claude/skills/own-pdf/SKILL.md' | Should -Exist
        Join-Path $app '.claude/skills/pdf-tools' | Should -Not -Exist
        Get-SkmDrift app | Should -BeNullOrEmpty
    }

    It 'takes single copies from the pipeline, each in its own place, in one transaction' {
        $null = Install-SkmArtifact pdf-tools -Project app -Profile codex
        Add-Edit $app
        Add-Edit $lib -Path 'commands/changelog.md'
        Add-Content -LiteralPath (Join-Path $app '.agents/skills/pdf-tools/SKILL.md') -Value 'Not this one.'
        $entries = Get-SkmDrift -AllProjects | Where-Object { $_.State -eq 'Modified' -and $_.Profile -eq 'claude_code' } | Sync-SkmProject -Direction Push
        $entries.ForEach({ "$(Split-Path $_.Project -Leaf) $($_.ArtifactId) $($_.Status)" }) | Should -Be 'app skill:pdf-tools Pushed', 'lib command:changelog Pushed'
        $entries.SnapshotId | Sort-Object -Unique | Should -HaveCount 1
        Read-Edit $collection | Should -Be 'Mine.'
    }

    It 'takes projects, folders and artifacts for a project from the pipeline' {
        (Get-SkmProject l* | Sync-SkmProject).Project | Sort-Object -Unique | Should -Be $lib
        (Get-Item -LiteralPath $app | Sync-SkmProject).Project | Sort-Object -Unique | Should -Be $app
        (Get-SkmArtifact pdf-tools | Sync-SkmProject -Project app, lib).ForEach({ "$(Split-Path $_.Project -Leaf) $($_.Name)" }) | Should -Be 'app pdf-tools', 'lib pdf-tools'
        (Sync-SkmProject -AllProjects -Type skill).Count | Should -Be 4
        (Sync-SkmProject -Project * -Name changelog).Count | Should -Be 2
        @() | Sync-SkmProject | Should -BeNullOrEmpty
        (Get-SkmArtifact pdf-tools | Sync-SkmProject -ErrorVariable problems -ErrorAction SilentlyContinue) | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'reaches the folders of the user' {
        $null = Install-SkmArtifact pdf-tools -UserScope
        Add-Content -LiteralPath (Join-Path $env:HOME '.claude/skills/pdf-tools/SKILL.md') -Value 'Mine.'
        $entry = Get-SkmDrift -UserScope | Sync-SkmProject
        $entry.Status | Should -Be 'Pushed'
        $entry.IsUserScope | Should -BeTrue
        Read-Edit $collection | Should -Be 'Mine.'
        (Sync-SkmProject -UserScope).Status | Should -Be 'Unchanged'
    }

    It 'reports what is not deployed or missing, and synchronizes the others' {
        (Sync-SkmProject app -Name pdf-tools, pdf-tolls -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be 'pdf-tools'
        $problems.FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        $problems.TargetObject | Should -Be 'pdf-tolls'

        Write-Text -Path (Join-Path $app '.claude/commands/own.md') -Text 'Mine.'
        Get-SkmDrift app -Name own | Sync-SkmProject -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'

        Move-Item -LiteralPath $lib -Destination "$lib-away"
        (Sync-SkmProject -AllProjects -ErrorVariable problems -ErrorAction SilentlyContinue).Project | Sort-Object -Unique | Should -Be $app
        $problems.FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        $problems.TargetObject | Should -Be $lib
        (Get-Failure { Sync-SkmProject }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Sync-SkmProject app -Profile nobody }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'says with -WhatIf what it would do, asks for each artifact with -Confirm, and asks nothing else' {
        Add-Edit $app
        Add-Edit $collection -Path 'commands/changelog.md' -Text 'Theirs.'
        $before = "$(Get-HomeState -Path $sample)$(Get-HomeState -Path $app)"
        $said = (Invoke-Other "Sync-SkmProject app -WhatIf | Where-Object DryRun | ForEach-Object Status").Output -split '\r?\n'
        $said[0] | Should -BeLike "What if: *""Push to collection 'default': changed in the collection SKILL.md"" on target ""skill:pdf-tools in '$app' for claude_code""."
        $said[1] | Should -BeLike "What if: *""Pull from collection 'default': changed in the project changelog.md""*"
        $said[2..5] | Should -Be 'Unchanged', 'Pushed', 'Pulled', 'Unchanged'
        "$(Get-HomeState -Path $sample)$(Get-HomeState -Path $app)" | Should -Be $before

        (Invoke-Other -Interactive -Typed "n`ny`n" "(Sync-SkmProject app -Confirm).Status -join ' '").Output | Should -BeLike '*Unchanged Skipped Pulled Unchanged'
        Read-Edit $collection | Should -Not -Be 'Mine.'
        (Invoke-Other "(Sync-SkmProject app).Status -join ' '").Output | Should -Be 'Unchanged Pushed Unchanged Unchanged'
    }

    It 'asks about each artifact with -Strategy Prompt, and is an error where nobody can be asked' {
        Add-Edit $app
        Add-Edit $collection -Text 'Theirs.'
        $before = "$(Get-HomeState -Path $sample -WithoutLocks)$(Get-HomeState -Path $app)"
        foreach ($interactive in $false, $true) {
            $run = Invoke-Other -Interactive:$interactive "try { Sync-SkmProject app -Strategy Prompt } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }"
            $run.Output | Should -BeLike '*InvalidArgument,SkillMeat*Merge, Overwrite or Fork*'
        }

        "$(Get-HomeState -Path $sample -WithoutLocks)$(Get-HomeState -Path $app)" | Should -Be $before
        $run = Invoke-Other -Interactive -Typed "p`n" "(Sync-SkmProject app -Strategy Prompt).Status -join ' '"
        $run.Output | Should -BeLike '*skill:pdf-tools in*Project*Collection*Merge*Fork*Skip*Unchanged Pushed Unchanged Unchanged'
        Read-Edit $collection | Should -Be 'Mine.'
    }

    It 'completes projects, artifacts and resolutions' {
        (Get-Completion -Line 'Sync-SkmProject li').CompletionText | Should -Be 'lib'
        (Get-Completion -Line 'Sync-SkmProject app -Name pdf').CompletionText | Should -Be 'pdf-tools'
        (Get-Completion -Line 'Sync-SkmProject app -ResolveWith Col').CompletionText | Should -Be 'Collection'
        (Get-Completion -Line 'Sync-SkmProject app -Strategy Ov').CompletionText | Should -Be 'Overwrite'
    }
}
