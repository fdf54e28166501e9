#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Invoke-SkmCollectionRefresh -CheckOnly' {
    BeforeAll {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'check')
        $script:before = Get-HomeState -Path $sample
        $script:checks = Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $sample
        $script:after = Get-HomeState -Path $sample
    }

    It 'changes nothing' {
        $after | Should -Be $before
    }

    It 'tells for each artifact what upstream did' {
        $changes = @{}
        $checks | ForEach-Object { $changes[$_.ArtifactId] = "$($_.ChangeType)" }
        $changes['skill:meeting-notes'] | Should -Be 'Updated'
        $changes['skill:pdf-tools'] | Should -Be 'UpToDate'
        $changes['command:changelog'] | Should -Be 'Moved'
        $changes['agent:code-reviewer'] | Should -Be 'Unknown'
        $changes['skill:quick-sum'] | Should -Be 'New'
        $changes.Count | Should -Be 5
    }

    It 'says where a moved one is, and what taking it would mean' {
        $moved = $checks | Where-Object ChangeType -EQ Moved
        $moved.NewPath | Should -Be 'commands/release-notes.md'
        $moved.UpdateAvailable | Should -BeTrue
        $moved.Drift | Should -Be 'SafeUpdate'
    }

    It 'calls an update a conflict when the files here were edited too' {
        $edited = Copy-SampleHome -Path (Join-Path $TestDrive 'edited')
        Add-Content -LiteralPath (Join-Path $edited 'collections/default/skills/meeting-notes/SKILL.md') -Value 'Mine.'
        (Invoke-SkmCollectionRefresh -CheckOnly -Name meeting-notes -SkillMeatHome $edited).Drift | Should -Be 'Conflict'
    }

    It 'returns the totals only with -Summary' {
        $summary = Invoke-SkmCollectionRefresh -CheckOnly -Summary -SkillMeatHome $sample
        @($summary).Count | Should -Be 1
        $summary.Collection | Should -Be 'default'
        $summary.HasUpdates | Should -BeTrue
        $summary.UpdatedCount, $summary.MovedCount, $summary.DeletedCount, $summary.NewCount, $summary.UpToDateCount, $summary.UnknownCount, $summary.ErrorCount |
            Should -Be 1, 1, 0, 1, 1, 1, 0
    }

    It 'names the fields that a refresh would change when fields are named' {
        $check = Invoke-SkmCollectionRefresh -CheckOnly -Name meeting-notes -Fields 'tags', 'category', 'license' -SkillMeatHome $sample
        $check.ChangedFields | Should -Be 'tags', 'license'
        $checks[0].ChangedFields | Should -BeNullOrEmpty
        ($check | Out-String -Width 160) | Should -BeLike '*changes tags, license*'
    }

    It 'filters by name and type' {
        (Invoke-SkmCollectionRefresh 'pdf*' -CheckOnly -SkillMeatHome $sample).ArtifactId | Should -Be 'skill:pdf-tools'
        (Invoke-SkmCollectionRefresh -CheckOnly -Type command -SkillMeatHome $sample).ArtifactId | Should -Be 'command:changelog'
    }

    It 'can not be asked for a change with -WhatIf and change something' {
        $null = Invoke-SkmCollectionRefresh -CheckOnly -WhatIf -SkillMeatHome $sample
        Get-HomeState -Path $sample | Should -Be $before
    }
}

Describe 'Invoke-SkmCollectionRefresh' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
    }

    It 'brings in what upstream says and keeps what is mine' {
        $entries = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        $entries.Status | Should -Be 'Refreshed', 'Unchanged', 'Skipped', 'Skipped'
        $entries[0].Changes | Should -Be 'tags', 'description', 'license', 'author'
        $entries[0].OldValues['license'] | Should -BeNullOrEmpty
        $entries[0].NewValues['license'] | Should -Be 'MIT'
        $artifact = Get-SkmArtifact -Name meeting-notes -SkillMeatHome $sample
        $artifact.Tags | Should -Be 'favourite', 'writing', 'meetings'
        $artifact.License | Should -Be 'MIT'
        $artifact.Description | Should -Be 'Turn raw transcripts into structured meeting notes with owners and dates.'
    }

    It 'touches no file of an artifact' {
        $skills = Join-Path $sample 'collections/default/skills'
        $before = Get-HomeState -Path $skills
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        Get-HomeState -Path $skills | Should -Be $before
    }

    It 'keeps every comment of the manifest' {
        $manifest = Join-Path $sample 'collections/default/collection.toml'
        $comments = Get-Content -LiteralPath $manifest | Select-String -Pattern '#.*$' | ForEach-Object { $_.Matches.Value }
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        Get-Content -LiteralPath $manifest | Select-String -Pattern '#.*$' | ForEach-Object { $_.Matches.Value } | Should -Be $comments
    }

    It 'makes one snapshot and names it in what changed' {
        $entries = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        $snapshot = Get-SkmSnapshot -SkillMeatHome $sample
        @($snapshot).Count | Should -Be 1
        $entries[0].SnapshotId | Should -Be $snapshot.Id
        $entries[1].SnapshotId | Should -BeNullOrEmpty
    }

    It 'writes nothing to the collection the second time' {
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        $before = Get-HomeState -Path $sample
        (Invoke-SkmCollectionRefresh -SkillMeatHome $sample).Status | Should -Be 'Unchanged', 'Unchanged', 'Skipped', 'Skipped'
        Get-HomeState -Path $sample | Should -Be $before
    }

    It 'brings in only the fields that are named, with any case, blanks and commas' {
        $entry = Invoke-SkmCollectionRefresh -Name meeting-notes -Fields 'License, TAGS' -SkillMeatHome $sample
        $entry.Changes | Should -Be 'tags', 'license'
        (Get-SkmArtifact -Name meeting-notes -SkillMeatHome $sample).Author | Should -BeNullOrEmpty
    }

    It 'brings in all fields where none is named: <What>' -ForEach @(
        @{ What = 'an empty text'; Fields = '' }
        @{ What = 'an empty list'; Fields = @() }
        @{ What = 'null'; Fields = $null }
        @{ What = 'blanks and commas'; Fields = ' , ' }
    ) {
        (Invoke-SkmCollectionRefresh -Name meeting-notes -Fields $Fields -WhatIf -SkillMeatHome $sample).Changes | Should -Be 'tags', 'description', 'license', 'author'
    }

    It 'refreshes only the artifacts that are meant' {
        (Invoke-SkmCollectionRefresh -Name 'pdf-tools', 'change*' -SkillMeatHome $sample).ArtifactId | Should -Be 'skill:pdf-tools', 'command:changelog'
        (Invoke-SkmCollectionRefresh -Type agent -SkillMeatHome $sample).ArtifactId | Should -Be 'agent:code-reviewer'
        (Invoke-SkmCollectionRefresh -ArtifactId 'skill:pdf-tools' -SkillMeatHome $sample).ArtifactId | Should -Be 'skill:pdf-tools'
    }

    It 'returns the totals only with -Summary' {
        $summary = Invoke-SkmCollectionRefresh -Summary -SkillMeatHome $sample
        @($summary).Count | Should -Be 1
        $summary.RefreshedCount, $summary.UnchangedCount, $summary.SkippedCount, $summary.ErrorCount | Should -Be 1, 1, 2, 0
        $summary.TotalProcessed | Should -Be 4
        $summary.SuccessRate | Should -Be 50
        $summary.SnapshotId | Should -Be (Get-SkmSnapshot -SkillMeatHome $sample).Id
    }

    It 'refreshes several collections by wildcard' {
        Copy-Item -LiteralPath (Join-Path $sample 'collections/default') -Destination (Join-Path $sample 'collections/second') -Recurse
        $entries = Invoke-SkmCollectionRefresh -Collection '*' -SkillMeatHome $sample
        ($entries | Where-Object Status -EQ Refreshed).Collection | Should -Be 'default', 'second'
    }

    It 'says with -Verbose which snapshot goes back' {
        $told = Invoke-SkmCollectionRefresh -SkillMeatHome $sample -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$told" | Should -BeLike "*Restore-SkmSnapshot -Collection 'default' -SnapshotId $((Get-SkmSnapshot -SkillMeatHome $sample).Id) restores it*"
    }

    It 'keeps as many snapshots as the configuration says' {
        Add-Content -LiteralPath (Join-Path $sample 'config.toml') -Value 'keep-automatic-snapshots = 2'
        foreach ($field in 'tags', 'description', 'license') {
            $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample -Fields $field
        }

        (Get-SkmSnapshot -SkillMeatHome $sample).Count | Should -Be 2
    }

    It 'can be asked about each artifact, and changes only what was agreed to' {
        Write-Text -Path (Join-Path $sample '../upstream/skills/pdf-tools/SKILL.md') -Text "---`nname: pdf-tools`nlicense: BSD-3-Clause`n---`n"
        $answer = Invoke-Pwsh -Interactive -Typed "n`ny`n" -Command (
            "Import-Module '$(Find-SkillMeat)'; Invoke-SkmCollectionRefresh -Confirm -SkillMeatHome '$sample' | ForEach-Object { `"`$(`$_.ArtifactId) is `$(`$_.Status)`" }")
        $answer.Output | Should -BeLike '*skill:meeting-notes is Skipped*skill:pdf-tools is Refreshed*'
        $answer.ErrorText | Should -BeNullOrEmpty
        (Get-SkmArtifact -Name meeting-notes -SkillMeatHome $sample).License | Should -BeNullOrEmpty
        (Get-SkmArtifact -Name pdf-tools -SkillMeatHome $sample).License | Should -Be 'BSD-3-Clause'
    }
}

Describe 'Invoke-SkmCollectionRefresh from GitHub' {
    BeforeAll {
        if (Find-TestProgram -Name LoopbackGitHub) {
            $script:gitHub = Initialize-GitHubHome -Path (Join-Path $TestDrive 'github') -Absent 1
            Write-Text -Path (Join-Path $gitHub.Repositories 'facts.json') -Text '{ "octo/skills": { "topics": ["topic"], "license_spdx": "MIT" } }'
            $script:server = Open-LoopbackGitHub -Folder $gitHub.Repositories
        }
    }

    AfterAll {
        Close-LoopbackGitHub -Server $server
        Connect-LoopbackGitHub
    }

    BeforeEach {
        if (-not $server) {
            Set-ItResult -Skipped -Because 'tests/LoopbackGitHub is not built'
        }
    }

    It 'checks <_>' -ForEach 'without a token', 'with a token' {
        Connect-LoopbackGitHub -Server $server -Token ($_ -eq 'with a token' ? $server.Token : '')
        $checks = Invoke-SkmCollectionRefresh -CheckOnly -Name 'skill-*' -SkillMeatHome $gitHub.Home
        ($checks | Where-Object UpdateAvailable).Name | Sort-Object | Should -Be 'skill-001', 'skill-002'
        $checks.NewSha | Sort-Object -Unique | Should -Be $gitHub.NewCommit
        $checks.OldSha | Sort-Object -Unique | Should -Be $gitHub.OldCommit
        ($checks | Where-Object UpdateAvailable).Drift | Should -Be 'SafeUpdate', 'SafeUpdate'
    }

    It 'takes the token as a SecureString and tells it to nobody' {
        Connect-LoopbackGitHub -Server $server
        $null = Invoke-RestMethod -Method Post -Uri "$($server.ServerUrl)/_log/reset"
        $token = ConvertTo-SecureString -String $server.Token -AsPlainText -Force
        $said = Invoke-SkmCollectionRefresh -CheckOnly -Name 'skill-*' -Token $token -SkillMeatHome $gitHub.Home -Verbose *>&1
        ($said | Out-String) | Should -BeLike '*token from -Token*'
        ($said | Out-String) | Should -Not -BeLike "*$($server.Token)*"
        (Get-LoopbackLog -Server $server).had_token | Sort-Object -Unique | Should -BeTrue
    }

    It 'refreshes what upstream could tell, and reports the rest' {
        Connect-LoopbackGitHub -Server $server -Token $server.Token
        $problems = @()
        $entries = Invoke-SkmCollectionRefresh -SkillMeatHome $gitHub.Home -ErrorAction SilentlyContinue -ErrorVariable problems
        ($entries | Where-Object Name -EQ 'skill-001').NewValues['description'] | Should -Be 'What skill-001 does now.'
        ($entries | Where-Object Name -EQ 'skill-001').NewValues['license'] | Should -Be 'MIT'
        ($entries | Where-Object Name -EQ 'absent-001').Status | Should -Be 'Error'
        @($problems).Count | Should -Be 1
        (Get-SkmArtifact -Name skill-002 -SkillMeatHome $gitHub.Home).Tags | Should -Be 'first', 'second'
        (Get-SkmArtifact -Name absent-001 -SkillMeatHome $gitHub.Home).Description | Should -Be 'What absent-001 does.'
    }
}

Describe 'A check with projects' {
    BeforeEach {
        $script:place = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:sample = Copy-SampleHome -Path $place
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
        $script:app = (New-Item -ItemType Directory -Path (Join-Path $place 'app')).FullName
        $script:lib = (New-Item -ItemType Directory -Path (Join-Path $place 'lib')).FullName
        $null = $app, $lib | Register-SkmProject
        $null = Install-SkmArtifact * -Project app, lib
        $script:copy = Join-Path $app '.claude/skills/meeting-notes/SKILL.md'
    }

    AfterAll {
        $script:PSDefaultParameterValues = @{}
    }

    It 'is a safe update without edits, to be reviewed with those that can be merged, and else a conflict' {
        (Invoke-SkmCollectionRefresh meeting-notes, pdf-tools -CheckOnly -Project app).Drift | Should -Be 'SafeUpdate', 'NoUpdate'
        Set-Content -LiteralPath $copy -Value ((Get-Content -LiteralPath $copy) -replace '^# Meeting notes', '# Our notes')
        $check = Invoke-SkmCollectionRefresh meeting-notes -CheckOnly -Project app
        $check.Drift | Should -Be 'ReviewRequired'
        $check.Copies.Project | Should -Be $app
        $check.Copies[0].Reason | Should -BeLike '*can be merged*'
        Set-Content -LiteralPath $copy -Value ((Get-Content -LiteralPath $copy) -replace '^description: .*', 'description: Mine')
        $before = "$(Get-HomeState -Path $sample)$(Get-HomeState -Path $app)"
        (Invoke-SkmCollectionRefresh meeting-notes -CheckOnly -Project app).Drift | Should -Be 'Conflict'
        "$(Get-HomeState -Path $sample)$(Get-HomeState -Path $app)" | Should -Be $before
        # What it says comes true.
        $null = Update-SkmArtifact meeting-notes
        (Sync-SkmProject app -Name meeting-notes -WarningAction SilentlyContinue).Status | Should -Be 'Conflict'
    }

    It 'counts the copies of the named projects and profiles' {
        Add-Content -LiteralPath $copy -Value 'Mine.'
        (Invoke-SkmCollectionRefresh meeting-notes -CheckOnly -Project lib).Drift | Should -Be 'SafeUpdate'
        (Invoke-SkmCollectionRefresh meeting-notes -CheckOnly -AllProjects).Copies.Count | Should -Be 2
        (Invoke-SkmCollectionRefresh meeting-notes -CheckOnly -Project l*, app).Copies.Count | Should -Be 2
        (Invoke-SkmCollectionRefresh meeting-notes -CheckOnly -Project app -Profile codex).Copies.Count | Should -Be 0
        (Get-SkmArtifact meeting-notes | Invoke-SkmCollectionRefresh -CheckOnly -Project app).Copies.Count | Should -Be 1
        (Invoke-SkmCollectionRefresh meeting-notes -CheckOnly).Copies | Should -BeNullOrEmpty
    }

    It 'is an error for a project that is not there, and a refresh has none' {
        (Get-Failure { Invoke-SkmCollectionRefresh -CheckOnly -Project (Join-Path $place 'none') }).FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        (Get-Failure { Invoke-SkmCollectionRefresh -CheckOnly -Profile codex }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Invoke-SkmCollectionRefresh -Project app }).FullyQualifiedErrorId | Should -BeLike 'MissingMandatoryParameter,*'
        (Get-Completion -Line "Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome '$sample' -Project li").CompletionText | Should -Be 'lib'
    }

    It 'is shown with the copies, and metadata where they are wanted' {
        Add-Content -LiteralPath $copy -Value 'Mine.'
        Invoke-SkmCollectionRefresh meeting-notes -CheckOnly -Project app, lib | Format-View -Width 200 | Should -Match '(?m)^skill:meeting-notes +Updated +\w+ +\w+ in app, SafeUpdate in lib'
        Invoke-SkmCollectionRefresh meeting-notes -CheckOnly -Project lib | Format-List | Format-View -Width 200 | Should -Match "(?m)^Copies +: SafeUpdate for claude_code in '"
        Invoke-SkmCollectionRefresh -ShowMetadata | Format-View -Width 200 | Should -Match '(?m)^skill:meeting-notes +Refreshed +\d{4}-\d\d-\d\d \d\d:\d\d '
        Get-SkmDrift lib -IncludeInSync -ShowMetadata -Name meeting-notes | Format-View -Width 200 | Should -Match '(?m)^skill:meeting-notes +InSync +claude_code +\d{4}-\d\d-\d\d \d\d:\d\d '
        (Get-SkmDrift lib -IncludeInSync -Name meeting-notes).TagsImportedAt.Offset | Should -Be ([timespan]::Zero)
        Invoke-SkmCollectionRefresh -CheckOnly -ShowMetadata | Format-View -Width 200 | Should -Match '(?m)^skill:meeting-notes +Updated +SafeUpdate +\d{4}-\d\d-\d\d \d\d:\d\d'
    }
}
