#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat

    function Edit-Text {
        # Replaces a text in a file.
        param([string] $Path, [string] $Old, [string] $New)

        Write-Text -Path $Path -Text ([System.IO.File]::ReadAllText($Path).Replace($Old, $New))
    }

    function Add-Conflict {
        # Adds the skill quick-sum, and edits it here and upstream in the same line.
        $source = Join-Path (Split-Path -Path $sample) 'upstream/skills/quick-sum'
        $null = Add-SkmArtifact $source
        $script:local = Join-Path $sample 'collections/default/skills/quick-sum/SKILL.md'
        Edit-Text -Path $local -Old 'List the numbers' -New 'Mine'
        Edit-Text -Path (Join-Path $source 'SKILL.md') -Old 'List the numbers' -New 'Theirs'
    }
}

Describe 'Update-SkmArtifact' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
        $script:notes = Join-Path $sample 'collections/default/skills/meeting-notes/SKILL.md'
    }

    It 'updates everything, and the snapshot brings back what was' {
        $before = Get-HomeState -Path (Join-Path $sample 'collections')
        $entries = Update-SkmArtifact
        $entries.ArtifactId | Should -Be 'skill:meeting-notes', 'skill:pdf-tools', 'command:changelog', 'agent:code-reviewer'
        $entries.Status | Should -Be 'Updated', 'Unchanged', 'Updated', 'Skipped'
        $entries[0].Files.Path | Should -Be 'SKILL.md', 'templates/default.txt'
        $notes | Should -FileContentMatch 'structured meeting notes'
        (Update-SkmArtifact).Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged', 'Skipped'
        $null = Restore-SkmSnapshot -Id $entries[0].SnapshotId -Force
        Get-HomeState -Path (Join-Path $sample 'collections') | Should -Be $before
    }

    It 'takes artifacts from the pipeline, as one plan over several collections, and only those' {
        Copy-Item -LiteralPath (Join-Path $sample 'collections/default') -Destination (Join-Path $sample 'collections/second') -Recurse
        $entries = @(Get-SkmArtifact meeting-notes -Collection default) + @(Get-SkmArtifact pdf-tools, changelog -Collection second) | Update-SkmArtifact
        $entries | ForEach-Object { "$($_.Collection) $($_.Name) $($_.Status)" } | Should -Be 'default meeting-notes Updated', 'second pdf-tools Unchanged', 'second changelog Updated'
        @() | Update-SkmArtifact | Should -BeNullOrEmpty
        (Get-SkmCollection | Update-SkmArtifact | Where-Object Status -EQ Updated).ArtifactId | Should -Be 'command:changelog', 'skill:meeting-notes'
    }

    It 'updates what comes from a folder' {
        $upstream = Join-Path (Split-Path -Path $sample) 'upstream'
        (Update-SkmArtifact -Source (Join-Path $upstream 'commands')).ArtifactId | Should -Be 'command:changelog'
        (Update-SkmArtifact m* -Source $upstream).ArtifactId | Should -Be 'skill:meeting-notes'
        $problems = @()
        Update-SkmArtifact -Source octo/nothing -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'ArtifactNotFound,SkillMeat.Cmdlets.Commands.UpdateSkmArtifactCommand'
    }

    It 'updates what a check found' {
        (Invoke-SkmCollectionRefresh -CheckOnly -ErrorAction SilentlyContinue | Where-Object UpdateAvailable | Update-SkmArtifact).Status | Should -Be 'Updated', 'Updated'
    }

    It 'shows the plan and the diffs with -WhatIf, and writes nothing' {
        $before = Get-HomeState -Path $sample
        $entries = Update-SkmArtifact m*, pdf-tools -WhatIf
        Get-HomeState -Path $sample | Should -Be $before
        $entries.DryRun | Should -Be $true, $true
        $entries[0].Files[1].Diff | Should -BeLike "--- a/templates/default.txt*-Next steps:*+Next steps (owner, date):*"
        $entries[0] | Format-View -Width 300 | Should -Match 'skill:meeting-notes +would be updated'
        $entries[0] | Format-List | Format-View -Width 300 | Should -BeLike '*+Next steps (owner, date):*'
    }

    It 'merges local edits' {
        $null = Update-SkmArtifact meeting-notes
        Edit-Text -Path $notes -Old '# Meeting notes' -New '# Our meeting notes'
        Edit-Text -Path (Join-Path (Split-Path -Path $sample) 'upstream/skills/meeting-notes/SKILL.md') -Old 'a date.' -New 'a due date.'
        "$((Update-SkmArtifact meeting-notes).Status)" | Should -Be 'Merged'
        $notes | Should -FileContentMatch '# Our meeting notes'
        $notes | Should -FileContentMatch 'a due date'
    }

    It 'changes nothing of a conflict, names its lines, and a choice finishes it' {
        Add-Conflict
        $warnings = @()
        $entry = Update-SkmArtifact quick-sum -WarningAction SilentlyContinue -WarningVariable warnings
        "$($entry.Status)" | Should -Be 'Conflict'
        $entry.Conflicts.Path | Should -Be 'SKILL.md'
        "$($entry.Conflicts[0].Lines[0].Local)" | Should -Be 'line 8'
        "$warnings" | Should -BeLike "*SKILL.md, line 8 (upstream line 8)*Update-SkmArtifact 'skill:quick-sum' -Collection 'default' -ResolveWith Upstream|Local|<folder>*"
        $local | Should -FileContentMatch 'Mine'
        "$((Update-SkmArtifact quick-sum -ResolveWith Upstream).Status)" | Should -Be 'Updated'
        $local | Should -FileContentMatch 'Theirs'
    }

    It 'takes a folder in which somebody merged, relative to the location' {
        Add-Conflict
        Write-Text -Path (Join-Path $TestDrive 'merged/SKILL.md') -Text "---`nname: quick-sum`ndescription: By hand.`n---`n"
        Push-Location -LiteralPath $TestDrive
        try {
            "$((Update-SkmArtifact quick-sum -ResolveWith ./merged).Status)" | Should -Be 'Merged'
        }
        finally {
            Pop-Location
        }

        $local | Should -FileContentMatch 'By hand'
    }

    It 'does with local edits what <Strategy> says' -ForEach @(
        @{ Strategy = 'TakeUpstream'; Status = 'Updated'; Text = 'Theirs' }
        @{ Strategy = 'KeepLocal'; Status = 'KeptLocal'; Text = 'Mine' }
        @{ Strategy = 'Merge'; Status = 'Conflict'; Text = 'Mine' }
    ) {
        Add-Conflict
        "$((Update-SkmArtifact quick-sum -Strategy $Strategy -WarningAction SilentlyContinue).Status)" | Should -Be $Status
        $local | Should -FileContentMatch $Text
    }

    It 'does what is configured where no strategy is named' {
        Add-Conflict
        Write-Text -Path (Join-Path $sample 'config.toml') -Text "[settings]`nupdate-strategy = `"keep_local`"`n"
        "$((Update-SkmArtifact quick-sum).Status)" | Should -Be 'KeptLocal'
    }

    It 'asks where that is wanted and somebody answers' {
        $run = Invoke-Pwsh -Interactive -Environment @{ PATH = $env:PATH } -Typed "u`ns`n" -Command "Import-Module '$(Find-SkillMeat)'; Update-SkmArtifact -Strategy Prompt -SkillMeatHome '$sample' | ForEach-Object { `"`$(`$_.Name)=`$(`$_.Status)`" }"
        $run.Output | Should -BeLike '*skill:meeting-notes of collection*Upstream*Local*Merge*Skip*'
        $run.Output | Should -BeLike '*meeting-notes=Updated*changelog=KeptLocal*'
    }

    It 'is an error that names the alternatives where nobody can be asked' {
        $before = Get-HomeState -Path (Join-Path $sample 'collections')
        foreach ($interactive in $false, $true) {
            $run = Invoke-Pwsh -Interactive:$interactive -Environment @{ PATH = $env:PATH } -Command "Import-Module '$(Find-SkillMeat)'; try { Update-SkmArtifact -Strategy Prompt -SkillMeatHome '$sample' } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }"
            $run.Output | Should -BeLike '*InvalidArgument,SkillMeat*TakeUpstream, KeepLocal or Merge*'
        }

        Get-HomeState -Path (Join-Path $sample 'collections') | Should -Be $before
    }

    It 'merges with a warning if a prompt is configured and there is no console' {
        Write-Text -Path (Join-Path $sample 'config.toml') -Text "[settings]`nupdate-strategy = `"prompt`"`n"
        $run = Invoke-Pwsh -Environment @{ PATH = $env:PATH } -Command "Import-Module '$(Find-SkillMeat)'; (Update-SkmArtifact -SkillMeatHome '$sample').Status -join ' '"
        $run.Output | Should -BeLike '*there is no console*Updated Unchanged Updated Skipped*'
    }

    It 'reports a name that only an artifact of another type has' {
        foreach ($verb in { Update-SkmArtifact pdf-tools -Type command -SkillMeatHome $sample }, { Get-SkmArtifact pdf-tools -Type command -SkillMeatHome $sample },
            { Invoke-SkmCollectionRefresh pdf-tools -Type command -SkillMeatHome $sample }, { Remove-SkmArtifact pdf-tools -Type command -Force -SkillMeatHome $sample }) {
            $problems = & $verb 2>&1
            $problems.FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
            "$problems" | Should -BeLike "*no artifact 'pdf-tools' of the requested type; it has skill:pdf-tools.*"
        }
    }

    It 'reports an unknown name, and updates the others' {
        $problems = @()
        (Update-SkmArtifact nothing, meeting-notes -ErrorAction SilentlyContinue -ErrorVariable problems).ArtifactId | Should -Be 'skill:meeting-notes'
        $problems.FullyQualifiedErrorId | Should -Be 'ArtifactNotFound,SkillMeat.Cmdlets.Commands.UpdateSkmArtifactCommand'
        $problems[0].TargetObject | Should -Be 'nothing'
    }

    It 'reports an artifact that can not be updated, and updates the others' {
        $steps = Join-Path (Split-Path -Path $sample) 'upstream/workflows/steps'
        Write-Text -Path (Join-Path $steps 'WORKFLOW.yaml') -Text "name: steps`n"
        $null = Add-SkmArtifact $steps
        Write-Text -Path (Join-Path $steps 'WORKFLOW.yaml') -Text "name: [not closed`n"
        $problems = @()
        $entries = Update-SkmArtifact -ErrorAction SilentlyContinue -ErrorVariable problems
        $entries.Status | Should -Be 'Updated', 'Unchanged', 'Updated', 'Skipped', 'Error'
        $problems.FullyQualifiedErrorId | Should -Be 'ArtifactInvalid,SkillMeat.Cmdlets.Commands.UpdateSkmArtifactCommand'
        $problems[0].TargetObject.ArtifactId | Should -Be 'workflow:steps'
    }

    It 'removes what is gone upstream only when that is wanted' {
        Remove-Item -LiteralPath (Join-Path (Split-Path -Path $sample) 'upstream/skills/pdf-tools') -Recurse
        "$((Update-SkmArtifact pdf-tools).Status)" | Should -Be 'Skipped'
        Update-SkmArtifact pdf-tools -RemoveDeleted -WhatIf | Format-Table | Out-String -Width 200 | Should -Match 'would be removed'
        "$((Update-SkmArtifact pdf-tools -RemoveDeleted).Status)" | Should -Be 'Removed'
        (Get-SkmArtifact).Name | Should -Not -Contain 'pdf-tools'
    }

    It 'warns when no snapshot was made' {
        $warnings = @()
        (Update-SkmArtifact meeting-notes -SkipSnapshot -Clean -Force -WarningAction SilentlyContinue -WarningVariable warnings).SnapshotId | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*cannot be undone*'
    }

    It 'asks for each artifact with -Confirm, and keeps what is declined' {
        $run = Invoke-Pwsh -Interactive -Environment @{ PATH = $env:PATH } -Typed "n`ny`n" -Command "Import-Module '$(Find-SkillMeat)'; Update-SkmArtifact -Confirm -SkillMeatHome '$sample' | ForEach-Object { `"`$(`$_.Name)=`$(`$_.Status)`" }"
        $run.Output | Should -BeLike '*meeting-notes=KeptLocal*changelog=Updated*'
    }
}
