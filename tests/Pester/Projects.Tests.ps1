#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeDiscovery {
    $script:compat = Join-Path ($env:SKILLMEAT_SHARED ? $env:SKILLMEAT_SHARED : (Join-Path $PSScriptRoot '../../../shared')) 'compat/home.tar'
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:oldHome = $env:HOME

    function Initialize-Stage {
        # A sample home with a hook and a server besides, and two projects, app and lib. The user's folder is a new one.
        $script:place = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:sample = Copy-SampleHome -Path $place
        $collection = Join-Path $sample 'collections/default'
        Write-Text -Path (Join-Path $collection 'hooks/guard/settings.json') -Text '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "echo done"}]}]}}'
        Write-Text -Path (Join-Path $collection 'mcp/files/.mcp.json') -Text '{"mcpServers": {"files": {"command": "files-server"}}}'
        Add-Content -LiteralPath (Join-Path $collection 'collection.toml') -Value @(
            foreach ($one in ('guard', 'hook', 'hooks/guard'), ('files', 'mcp', 'mcp/files')) {
                '', '[[artifacts]]', "name = ""$($one[0])""", "type = ""$($one[1])""", "path = ""$($one[2])""", 'origin = "local"', 'added = "2026-11-01T09:03:00"'
            }
            '', '[[groups]]', 'name = "writing"', 'position = 0', 'members = ["skill:meeting-notes", "command:changelog"]'
            '', '[[groups]]', 'name = "empty"', 'position = 1', 'members = []'
        )
        $script:app = (New-Item -ItemType Directory -Path (Join-Path $place 'src/app')).FullName
        $script:lib = (New-Item -ItemType Directory -Path (Join-Path $place 'src/lib')).FullName
        $env:HOME = (New-Item -ItemType Directory -Path (Join-Path $place 'user')).FullName
        $env:SKILLMEAT_HOME = $sample
    }

    function Get-State {
        # The state of each artifact of a project, as 'type:name State'.
        param([string] $Project)

        Get-SkmDrift $Project -IncludeInSync | ForEach-Object { "$($_.ArtifactId) $($_.State)" }
    }
}

AfterAll {
    $env:HOME = $oldHome
    $env:SKILLMEAT_HOME = $null
}

Describe 'Projects' {
    BeforeEach {
        Initialize-Stage
    }

    It 'are registered in one go, and named from then on' {
        $registered = $app, (Get-Item -LiteralPath $lib) | Register-SkmProject
        $registered.Name | Should -Be 'app', 'lib'
        $registered.IsRegistered | Should -Be $true, $true
        (Get-SkmProject).Path | Should -Be $app, $lib
        (Get-SkmProject l*).Path | Should -Be $lib
        (Get-SkmProject (Join-Path $place 'src/*')).Path | Should -Be $app, $lib
        (Get-SkmProject $app).Name | Should -Be 'app'
        (Register-SkmProject $app).RegisteredAt | Should -Be $registered[0].RegisteredAt
    }

    It 'let hooks and servers take effect with -Activate, and take exactly that out again' {
        Write-Text -Path (Join-Path $app '.claude/settings.json') -Text "{`r`n  // mine`r`n  `"model`": `"opus`"`r`n}`r`n"
        $before = [System.IO.File]::ReadAllText((Join-Path $app '.claude/settings.json'))

        $plan = Install-SkmArtifact guard, files -Project $app -Activate -WhatIf
        $plan.Commands | Should -Be 'echo done', 'files-server'
        Join-Path $app '.mcp.json' | Should -Not -Exist
        $done = Install-SkmArtifact guard, files -Project $app -Activate
        $done.Status | Should -Be 'Deployed', 'Deployed'
        $done.Commands | Should -Be 'echo done', 'files-server'
        [System.IO.File]::ReadAllText((Join-Path $app '.claude/settings.json')) | Should -BeLike '*// mine*echo done*'
        (Get-Content -Raw -LiteralPath (Join-Path $app '.mcp.json') | ConvertFrom-Json).mcpServers.files.command | Should -Be 'files-server'
        (Install-SkmArtifact guard, files -Project $app -Activate).Status | Should -Be 'Unchanged', 'Unchanged'
        Get-State $app | Should -Be 'hook:guard InSync', 'mcp:files InSync'

        $null = Uninstall-SkmArtifact guard, files -Project $app
        [System.IO.File]::ReadAllText((Join-Path $app '.claude/settings.json')) | Should -BeExactly $before
        Join-Path $app '.mcp.json' | Should -Not -Exist
    }

    It 'get links with -Mode Link, which are never in drift, and only the link goes' -Skip:$IsWindows {
        $null = Install-SkmArtifact pdf-tools, changelog -Project $app -Mode Link
        $copy = Get-Item -LiteralPath (Join-Path $app '.claude/skills/pdf-tools')
        $copy.LinkType | Should -Be 'SymbolicLink'
        Add-Content -LiteralPath (Join-Path $copy.FullName 'SKILL.md') -Value 'An edit of the collection.'
        Get-State $app | Should -Be 'skill:pdf-tools InSync', 'command:changelog InSync'
        (Install-SkmArtifact pdf-tools -Project $app).Status | Should -Be 'Updated'
        (Get-Item -LiteralPath (Join-Path $app '.claude/skills/pdf-tools')).LinkType | Should -BeNullOrEmpty
        (Uninstall-SkmArtifact * -Project $app).Status | Should -Be 'Removed', 'Removed'
        Join-Path $app '.claude' | Should -Not -Exist
        Join-Path $sample 'collections/default/skills/pdf-tools/SKILL.md' | Should -FileContentMatch 'An edit of the collection.'
    }

    It 'get back what was replaced by force, and what that replaces is kept in turn' {
        $null = Install-SkmArtifact changelog -Project $app
        $file = Join-Path $app '.claude/commands/changelog.md'
        Add-Content -LiteralPath $file -Value 'mine'
        $edited = [System.IO.File]::ReadAllText($file)
        Restore-SkmProject $app | Should -BeNullOrEmpty
        $null = Install-SkmArtifact changelog -Project $app -Force
        $deployed = [System.IO.File]::ReadAllText($file)

        $kept = Restore-SkmProject $app
        $kept.ArtifactId, $kept.Status | Should -Be 'command:changelog', 'Kept'
        (Restore-SkmProject $app changelog -WhatIf).DryRun | Should -BeTrue
        [System.IO.File]::ReadAllText($file) | Should -BeExactly $deployed
        ($kept | Restore-SkmProject -Confirm:$false).Status | Should -Be 'Restored'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly $edited
        (Restore-SkmProject $app -All -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue).Status | Should -Be 'Conflict'
        $warnings | Should -BeLike '*was not changed: It was edited in the project since*'
        (Restore-SkmProject $app ch* -Force).Status | Should -Be 'Restored'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly $deployed
        $null = Restore-SkmProject $app pdf-tools -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
    }

    It 'get back the piped content alone, and of several of one copy the newest' {
        $null = Install-SkmArtifact pdf-tools -Project $app -Profile claude_code, codex
        $files = (Join-Path $app '.claude/skills/pdf-tools/SKILL.md'), (Join-Path $app '.agents/skills/pdf-tools/SKILL.md')
        foreach ($round in 1, 2) {
            foreach ($file in $files) { Add-Content -LiteralPath $file -Value "edit $round" }
            $null = Install-SkmArtifact pdf-tools -Project $app -Profile claude_code, codex -Force
        }
        $kept = Restore-SkmProject $app
        $kept.Count | Should -Be 4
        $ofCodex = $kept | Where-Object Path -Like '*.agents*'

        ($ofCodex | Select-Object -Last 1 | Restore-SkmProject -Force).Path | Should -Be $ofCodex[0].Path
        $files[1] | Should -FileContentMatch 'edit 1'
        $files[0] | Should -Not -FileContentMatch 'edit'

        $null = $ofCodex | Restore-SkmProject -Force -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike '2 contents of * were given. The one that was replaced last is written back.'
        $files[1] | Should -FileContentMatch 'edit 2'
        $files[0] | Should -Not -FileContentMatch 'edit'
    }

    It 'are described by path, registered or not, and relative to the location' {
        Push-Location -LiteralPath (Join-Path $place 'src')
        try {
            (Get-SkmProject ./app).State | Should -Be 'Unregistered'
            (Register-SkmProject app -Name mine).Name | Should -Be 'mine'
            (Get-SkmProject ./app).State | Should -Be 'Registered'
        }
        finally {
            Pop-Location
        }
    }

    It 'must exist to be registered, and the others are' {
        $answer = Register-SkmProject $app, (Join-Path $place 'none'), (Join-Path $sample 'collections') -ErrorVariable problems -ErrorAction SilentlyContinue
        $answer.Path | Should -Be $app
        $problems.FullyQualifiedErrorId -replace ',.*' | Should -Be 'ProjectNotFound', 'InvalidArgument'
        $problems.TargetObject | Should -Be (Join-Path $place 'none'), (Join-Path $sample 'collections')
    }

    It 'that are unknown are an error with a suggestion' {
        $null = Register-SkmProject $app
        $problem = Get-Failure { Get-SkmProject aap }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        "$problem" | Should -BeLike "*Did you mean 'app'?*"
        Get-SkmProject zzz* | Should -BeNullOrEmpty
    }

    It 'whose folders are gone are missing, and can be forgotten' {
        $null = $app, $lib | Register-SkmProject
        $null = Install-SkmArtifact * -Project app, lib
        Move-Item -LiteralPath $lib -Destination "$lib-away"
        (Get-SkmProject).State | Should -Be 'Registered', 'Missing'

        $drift = @(Get-SkmDrift -AllProjects -IncludeInSync -ErrorVariable problems -ErrorAction SilentlyContinue)
        $drift.Project | Sort-Object -Unique | Should -Be $app
        $problems.FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        $problems.TargetObject | Should -Be $lib

        $outcomes = Install-SkmArtifact pdf-tools -Project * -ErrorVariable problems -ErrorAction SilentlyContinue
        $outcomes.Project | Should -Be $app
        $problems.TargetObject | Should -Be $lib

        Get-SkmProject | Where-Object IsMissing | Unregister-SkmProject
        (Get-SkmProject).Path | Should -Be $app
    }

    It 'are forgotten by name, path and pattern, and keep their files' {
        $null = $app, $lib | Register-SkmProject
        $null = Install-SkmArtifact pdf-tools -Project app
        (Unregister-SkmProject a*, $lib -PassThru).Name | Should -Be 'app', 'lib'
        Get-SkmProject | Should -BeNullOrEmpty
        Join-Path $app '.claude/skills/pdf-tools/SKILL.md' | Should -Exist
        (Get-Failure { Unregister-SkmProject $app }).FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
    }

    It 'are found by their folders and records, to a depth, and can be registered' {
        $null = New-Item -ItemType Directory -Path (Join-Path $lib '.claude/skills'), (Join-Path $place 'src/a/b/c/.agents/skills'), (Join-Path $app 'node_modules/x/.claude/skills')
        $null = Install-SkmArtifact pdf-tools -Project $app
        (Find-SkmProject (Join-Path $place 'src')).Name | Should -Be 'c', 'app', 'lib'
        (Find-SkmProject (Join-Path $place 'src') -Depth 1).Name | Should -Be 'app', 'lib'
        (Find-SkmProject $app -Depth 0).Deployments | Should -Be 1
        (Find-SkmProject (Join-Path $place 'src') | Register-SkmProject).Name | Should -Be 'c', 'app', 'lib'
        (Get-Failure { Find-SkmProject (Join-Path $place 'none') }).FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
    }

    It 'end a search with Select-Object -First' {
        $null = New-Item -ItemType Directory -Path (Join-Path $lib '.claude/skills'), (Join-Path $app '.claude/skills')
        (Find-SkmProject (Join-Path $place 'src') | Select-Object -First 1).Name | Should -Be 'app'
    }

    It 'are completed by name, and so are profiles and groups' {
        $null = Register-SkmProject $app, $lib
        (Get-Completion -Line 'Get-SkmDrift -Project li').CompletionText | Should -Be 'lib'
        (Get-Completion -Line 'Unregister-SkmProject ap').ToolTip | Should -Be $app
        (Get-Completion -Line "Install-SkmArtifact pdf-tools -Project $($app.Substring(0, $app.Length - 1))").ListItemText | Should -Contain 'app'
        (Get-Completion -Line 'Install-SkmArtifact -Profile curs').CompletionText | Should -Be 'cursor'
        (Get-Completion -Line 'Install-SkmArtifact -Group w').CompletionText | Should -Be 'writing'
        (Get-Completion -Line 'Install-SkmArtifact pdf').CompletionText | Should -Be 'pdf-tools'
    }
}

Describe 'Profiles' {
    BeforeEach {
        Initialize-Stage
    }

    It 'say what this machine and a project have' {
        $null = New-Item -ItemType Directory -Path (Join-Path $env:HOME '.codex'), (Join-Path $app '.cursor')
        $profiles = Get-SkmProfile -Project $app
        ($profiles | Where-Object IsOnMachine).Profile | Should -Be 'codex'
        ($profiles | Where-Object IsInProject).Profile | Should -Be 'cursor'
        (Get-SkmProfile -Detected -Project $app).Profile | Should -Be 'codex', 'cursor'
        (Get-SkmProfile)[0].IsInProject | Should -BeNullOrEmpty
    }

    It 'are named by id, alias or pattern' {
        (Get-SkmProfile Claude-Code).Profile | Should -Be 'claude_code'
        (Get-SkmProfile curs*, codex).Profile | Should -Be 'codex', 'cursor'
        (Get-Failure { Get-SkmProfile nobody }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Get-SkmProfile -Project (Join-Path $place 'none') }).FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
    }

    It 'that share a folder share one copy' {
        $outcomes = Get-SkmProfile codex, amp | Install-SkmArtifact pdf-tools -Project $app
        $outcomes.Status | Should -Be 'Deployed', 'Unchanged'
        $outcomes.Path | Sort-Object -Unique | Should -Be (Join-Path $app '.agents/skills/pdf-tools')
    }
}

Describe 'Deploying' {
    BeforeEach {
        Initialize-Stage
    }

    It 'puts all types where Claude Code reads them, and nothing drifts' {
        $outcomes = Install-SkmArtifact -All -Project $app
        $outcomes.Status | Sort-Object -Unique | Should -Be 'Deployed'
        $outcomes.ArtifactId | Sort-Object | Should -Be 'agent:code-reviewer', 'command:changelog', 'hook:guard', 'mcp:files', 'skill:meeting-notes', 'skill:pdf-tools'
        foreach ($path in 'skills/pdf-tools/SKILL.md', 'commands/changelog.md', 'agents/code-reviewer.md', 'hooks/guard/settings.json', 'mcp/files/.mcp.json') {
            Join-Path $app ".claude/$path" | Should -Exist
        }

        Get-SkmDrift $app | Should -BeNullOrEmpty
        Get-SkmDrift $app -Full | Should -BeNullOrEmpty
        (Get-SkmDrift $app -IncludeInSync).Count | Should -Be 6
        (Install-SkmArtifact -All -Project $app).Status | Sort-Object -Unique | Should -Be 'Unchanged'
    }

    It 'takes artifacts, groups, types and projects from the pipeline' {
        $null = $app, $lib | Register-SkmProject
        (Get-SkmArtifact -Type skill | Install-SkmArtifact -Project app).Name | Should -Be 'meeting-notes', 'pdf-tools'
        (Get-SkmProject | Install-SkmArtifact code-reviewer).Project | Should -Be $app, $lib
        (Install-SkmArtifact -Group writing -Project lib).ArtifactId | Should -Be 'skill:meeting-notes', 'command:changelog'
        (Install-SkmArtifact -All -Type hook, mcp -Project lib).ArtifactId | Should -Be 'hook:guard', 'mcp:files'
        ('pdf-tools' | Install-SkmArtifact -Project lib).Status | Should -Be 'Deployed'
        (Get-Item -LiteralPath $app | Install-SkmArtifact changelog).Project | Should -Be $app
        # Together, an object and a name stand for what both name.
        (Get-SkmArtifact changelog | Install-SkmArtifact c* -Project app -WhatIf).Name | Should -Be 'changelog'
        (Get-SkmArtifact absent-* | Install-SkmArtifact -Project app) | Should -BeNullOrEmpty
        (Get-SkmDrift -AllProjects -IncludeInSync).Count | Should -Be (4 + 6)
    }

    It 'deploys a pipeline as a whole or not at all' {
        # A folder stands where a file must go, for one of the artifacts.
        Write-Text -Path (Join-Path $app '.claude/commands') -Text 'a file'
        $before = Get-HomeState -Path $app
        $outcomes = Get-SkmArtifact | Install-SkmArtifact -Project $app -ErrorVariable problems -ErrorAction SilentlyContinue
        $outcomes | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $problems.TargetObject | Should -Be $app
        Get-HomeState -Path $app | Should -Be $before
    }

    It 'never overwrites an edit or a file of somebody else without -Force' {
        $null = Install-SkmArtifact pdf-tools -Project $app
        $edited = Join-Path $app '.claude/skills/pdf-tools/SKILL.md'
        Add-Content -LiteralPath $edited -Value 'Mine.'
        $foreign = Join-Path $app '.claude/commands/changelog.md'
        Write-Text -Path $foreign -Text "Somebody's.`n"
        $before = Get-HomeState -Path $app

        (Install-SkmArtifact pdf-tools -Project $app).Status | Should -Be 'Skipped'
        Add-Content -LiteralPath (Join-Path $sample 'collections/default/skills/pdf-tools/SKILL.md') -Value 'Newer.'
        $outcomes = Install-SkmArtifact pdf-tools, changelog -Project $app -WarningVariable warnings -WarningAction SilentlyContinue
        $outcomes.Status | Should -Be 'Conflict', 'Conflict'
        $warnings.Count | Should -Be 2
        Get-HomeState -Path $app | Should -Be $before

        (Install-SkmArtifact pdf-tools, changelog -Project $app -Force).Status | Should -Be 'Updated', 'Updated'
        Get-Content -LiteralPath $edited | Should -Not -Contain 'Mine.'
        Get-SkmDrift $app | Should -BeNullOrEmpty
    }

    It 'asks for nothing, but each artifact with -Confirm, and says with -WhatIf what it would do' {
        $said = (Invoke-Pwsh -Environment @{ PATH = $env:PATH; HOME = $env:HOME; SKILLMEAT_HOME = $sample } -Command @"
Import-Module '$(Find-SkillMeat)'
(Install-SkmArtifact -All -Project '$app' -Profile claude, cursor -WhatIf).Count
"@).Output -split '\r?\n'
        # Cursor reads skills and agents only.
        $said[-1] | Should -Be '12'
        $said.Count | Should -Be 7
        $said[0..5] | Should -BeLike 'What if: *"Deploy to * for *" on target "*:*".'
        $said -match 'skill:pdf-tools' | Should -BeLike '*for claude_code, cursor"*'
        Get-ChildItem -LiteralPath $app -Force | Should -BeNullOrEmpty

        $answers = Invoke-Pwsh -Interactive -Typed "n`ny`n" -Environment @{ PATH = $env:PATH; HOME = $env:HOME; SKILLMEAT_HOME = $sample; TERM = 'dumb' } -Command @"
Import-Module '$(Find-SkillMeat)'
(Install-SkmArtifact -Type skill -All -Project '$app' -Confirm).Name
"@
        $answers.Output -split '\r?\n' | Select-Object -Last 1 | Should -Be 'pdf-tools' -Because $answers.ErrorText
        Join-Path $app '.claude/skills/meeting-notes' | Should -Not -Exist
    }

    It 'reports a name that the collection does not have, and deploys the others' {
        $outcomes = Install-SkmArtifact pdf-tools, pdf-tolls -Project $app -ErrorVariable problems -ErrorAction SilentlyContinue
        $outcomes.Name | Should -Be 'pdf-tools'
        $problems.FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        $problems.TargetObject | Should -Be 'pdf-tolls'
        (Get-Failure { Install-SkmArtifact -Group writnig -Project $app }).FullyQualifiedErrorId | Should -BeLike 'EntryNotFound,*'
        (Get-Failure { Install-SkmArtifact pdf-tools }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Install-SkmArtifact pdf-tools -Project $null }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Install-SkmArtifact pdf-tools -Project $app -Profile nobody }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'reaches the folders of the user, which -UserScope of other cmdlets finds' {
        $outcomes = Install-SkmArtifact pdf-tools -UserScope -Profile claude, codex
        $outcomes.Path | Should -Be (Join-Path $env:HOME '.claude/skills/pdf-tools'), (Join-Path $env:HOME '.codex/skills/pdf-tools')
        Add-Content -LiteralPath (Join-Path $sample 'collections/default/skills/pdf-tools/SKILL.md') -Value 'Newer.'
        # Each goes back to the place that it came from.
        $outcomes = Get-SkmDrift -UserScope | Where-Object State -EQ Outdated | Install-SkmArtifact
        $outcomes.Status | Should -Be 'Updated', 'Updated'
        $outcomes.Path | Should -Be (Join-Path $env:HOME '.claude/skills/pdf-tools'), (Join-Path $env:HOME '.codex/skills/pdf-tools')
        (Get-SkmDrift -UserScope -IncludeInSync | Uninstall-SkmArtifact).Status | Should -Be 'Removed', 'Removed'
    }

    It 'stops at a lock that another process holds, and changes nothing' {
        $holder = Open-LockHolder -Path $sample
        try {
            $problem = Get-Failure { Install-SkmArtifact pdf-tools -Project $app -LockTimeoutSec 0 }
        }
        finally {
            Close-LockHolder -Process $holder
        }

        $problem.FullyQualifiedErrorId | Should -BeLike 'LockTimeout,*'
        Get-ChildItem -LiteralPath $app -Force | Should -BeNullOrEmpty
    }
}

Describe 'Removing from projects' {
    BeforeEach {
        Initialize-Stage
        $null = Install-SkmArtifact -All -Project $app
    }

    It 'leaves the files of the user' {
        $own = Join-Path $app '.claude/skills/pdf-tools/own.md'
        Write-Text -Path $own -Text 'Mine.'
        Write-Text -Path (Join-Path $app '.claude/commands/mine.md') -Text 'Mine.'
        $outcomes = Uninstall-SkmArtifact * -Project $app
        $outcomes.Status | Sort-Object -Unique | Should -Be 'Removed'
        Get-ChildItem -LiteralPath $app -Recurse -Force -File | Where-Object Name -NE '.skillmeat-deployed.toml' | ForEach-Object FullName | Sort-Object | Should -Be (Join-Path $app '.claude/commands/mine.md'), $own
        (Get-SkmDrift $app).ArtifactId | Should -Be 'command:mine'
    }

    It 'leaves edited artifacts without -Force' {
        $edited = Join-Path $app '.claude/commands/changelog.md'
        Add-Content -LiteralPath $edited -Value 'Mine.'
        (Uninstall-SkmArtifact changelog -Project $app -WarningAction SilentlyContinue).Status | Should -Be 'Conflict'
        Get-Content -LiteralPath $edited | Should -Contain 'Mine.'
        (Uninstall-SkmArtifact changelog -Project $app -Force).Status | Should -Be 'Removed'
        $edited | Should -Not -Exist
    }

    It 'finds artifacts by their records, for all profiles unless one is named' {
        $null = Install-SkmArtifact pdf-tools -Project $app, $lib -Profile codex
        Remove-SkmArtifact pdf-tools -Force
        (Uninstall-SkmArtifact pdf-* -Project $app -Profile codex).Profile | Should -Be 'codex'
        (Uninstall-SkmArtifact pdf-tools -Project $app, $lib).ForEach({ "$(Split-Path $_.Project -Leaf) $($_.Profile)" }) | Sort-Object | Should -Be 'app claude_code', 'lib codex'
    }

    It 'reports a name that is not deployed, and removes the others' {
        $outcomes = Uninstall-SkmArtifact pdf-tools, nothing -Project $app -ErrorVariable problems -ErrorAction SilentlyContinue
        $outcomes.Name | Should -Be 'pdf-tools'
        $problems.FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        $problems.TargetObject | Should -Be 'nothing'
        Uninstall-SkmArtifact -Group empty -Project $app | Should -BeNullOrEmpty
        Install-SkmArtifact -Group empty -Project $lib | Should -BeNullOrEmpty
        (Uninstall-SkmArtifact -Group writing -Project $app).ArtifactId | Should -Be 'skill:meeting-notes', 'command:changelog'
        (Uninstall-SkmArtifact -All -Type hook -Project $app).ArtifactId | Should -Be 'hook:guard'
        (Get-SkmDrift $app -IncludeInSync -Name code-reviewer | Uninstall-SkmArtifact * -WhatIf).Name | Should -Be 'code-reviewer'
        (Uninstall-SkmArtifact -All -Collection other -Project $app) | Should -BeNullOrEmpty
    }
}

Describe 'Drift' {
    BeforeEach {
        Initialize-Stage
    }

    It 'has eight states' {
        $null = Install-SkmArtifact -All -Project $app
        $collection = Join-Path $sample 'collections/default'
        Add-Content -LiteralPath (Join-Path $app '.claude/skills/pdf-tools/SKILL.md') -Value 'Mine.'
        Add-Content -LiteralPath (Join-Path $collection 'skills/meeting-notes/SKILL.md') -Value 'Newer.'
        foreach ($folder in (Join-Path $app '.claude'), $collection) {
            Add-Content -LiteralPath (Join-Path $folder 'commands/changelog.md') -Value 'Same.'
            Add-Content -LiteralPath (Join-Path $folder 'agents/code-reviewer.md') -Value $folder
        }

        Remove-Item -LiteralPath (Join-Path $app '.claude/hooks/guard') -Recurse
        Write-Text -Path (Join-Path $app '.claude/commands/mine.md') -Text 'Mine.'
        Get-State $app | Sort-Object | Should -Be @(
            'agent:code-reviewer Conflict', 'command:changelog Converged', 'command:mine Added', 'hook:guard Removed', 'mcp:files InSync', 'skill:meeting-notes Outdated', 'skill:pdf-tools Modified')
        Remove-SkmArtifact files -Force
        (Get-SkmDrift $app -Name files).State | Should -Be 'Orphaned'
    }

    It 'says what differs, by file and by field' {
        $null = Install-SkmArtifact pdf-tools -Project $app
        $copy = Join-Path $app '.claude/skills/pdf-tools/SKILL.md'
        Set-Content -LiteralPath $copy -Value ((Get-Content -LiteralPath $copy) -replace '^description: .*', 'description: Mine')
        $drift = Get-SkmDrift $app
        "$($drift.ChangedFiles)" | Should -Be 'SKILL.md'
        $drift.ChangedFields.Field | Should -Be 'description'
        $drift.ChangedFields[0].NewValue | Should -Be 'Mine'
        $drift.BaseHash | Should -Be $drift.CollectionHash
        $drift.ProjectHash | Should -Not -Be $drift.BaseHash
    }

    It 'is narrowed by name, type and profile, and an unknown name is an error' {
        $null = Install-SkmArtifact -All -Project $app -Profile claude, cursor
        (Get-SkmDrift $app -IncludeInSync -Name pdf*).Profile | Should -Be 'claude_code', 'cursor'
        (Get-SkmDrift $app -IncludeInSync -Type skill -Profile cursor).Name | Should -Be 'meeting-notes', 'pdf-tools'
        Get-SkmDrift $app -Name pdf-tools | Should -BeNullOrEmpty
        (Get-Failure { Get-SkmDrift $app -Name pdf-tolls }).FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        (Get-Failure { Get-SkmDrift $app -Profile nobody }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Get-SkmDrift (Join-Path $place 'none') }).FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
    }

    It 'compares the current location by default, the projects of a pipeline, and single artifacts' {
        $null = $app, $lib | Register-SkmProject
        $deployed = Install-SkmArtifact -All -Project app, lib
        Push-Location -LiteralPath $app
        try {
            (Get-SkmDrift -IncludeInSync).Project | Sort-Object -Unique | Should -Be $app
        }
        finally {
            Pop-Location
        }

        (Get-SkmProject l* | Get-SkmDrift -IncludeInSync).Project | Sort-Object -Unique | Should -Be $lib
        (Get-SkmDrift -Project * -IncludeInSync).Count | Should -Be 12
        ($deployed | Where-Object Name -EQ guard | Get-SkmDrift -IncludeInSync).ArtifactId | Should -Be 'hook:guard', 'hook:guard'
        @() | Get-SkmDrift | Should -BeNullOrEmpty
    }

    It 'changes nothing, but the time of first detection with -Record' {
        $null = Install-SkmArtifact -All -Project $app
        Add-Content -LiteralPath (Join-Path $app '.claude/commands/changelog.md') -Value 'Mine.'
        $before = Get-HomeState -Path $app
        (Get-SkmDrift $app).FirstSeen | Should -BeNullOrEmpty
        $null = Get-SkmDrift $app -Full
        & {
            $WhatIfPreference = $true
            (Get-SkmDrift $app -Record).FirstSeen | Should -BeNullOrEmpty
        }
        Get-HomeState -Path $app | Should -Be $before

        $first = (Get-SkmDrift $app -Record).FirstSeen
        $first.Offset | Should -Be ([timespan]::Zero)
        (Get-SkmDrift $app -Record).FirstSeen | Should -Be $first
        (Get-SkmDrift $app).FirstSeen | Should -Be $first
        Get-Content -LiteralPath (Join-Path $app '.claude/.skillmeat-deployed.toml') | Where-Object { $_ -like 'modification_detected_at*' } | Should -HaveCount 1
    }

    It 'has colours by state where colours are on, and nowhere else' {
        $null = Install-SkmArtifact pdf-tools -Project $app
        Add-Content -LiteralPath (Join-Path $app '.claude/skills/pdf-tools/SKILL.md') -Value 'Mine.'
        $drift = Get-SkmDrift $app
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $drift | Out-String | Should -BeLike "*$([wildcardpattern]::Escape("$($PSStyle.Foreground.Yellow)Modified$($PSStyle.Reset)"))*"
            $PSStyle.OutputRendering = 'PlainText'
            $drift | Out-String | Should -Not -Match "`e"
        }
        finally {
            $PSStyle.OutputRendering = $before
        }
    }

    It 'goes on after a project whose records cannot be read' {
        $null = $app, $lib | Register-SkmProject
        $null = Install-SkmArtifact pdf-tools -Project app, lib
        Write-Text -Path (Join-Path $lib '.claude/.skillmeat-deployed.toml') -Text 'not = [ toml'
        $drift = Get-SkmDrift -AllProjects -IncludeInSync -ErrorVariable problems -ErrorAction SilentlyContinue
        $drift.Project | Should -Be $app
        $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidToml,*'
        $problems.TargetObject | Should -Be $lib
        (Get-SkmProject lib).State | Should -Be 'Unreadable'
    }
}

Describe 'The project that Python SkillMeat deployed to' {
    It 'has one modified artifact, and nothing else' {
        if (-not (Test-Path -LiteralPath $compat)) {
            Set-ItResult -Skipped -Because "there is no $compat"
            return
        }

        & tar -xf $compat -C $TestDrive
        $user = (Get-ChildItem -LiteralPath $TestDrive -Recurse -Directory -Force -Filter .skillmeat | Select-Object -First 1).Parent.FullName
        $drift = @(Get-SkmDrift (Join-Path $user 'projects/demo-app') -IncludeInSync -SkillMeatHome (Join-Path $user '.skillmeat'))
        ($drift | Where-Object State -NE InSync).ForEach({ "$($_.ArtifactId) $($_.State)" }) | Should -Be 'skill:meeting-notes Modified'
        $drift.Count | Should -Be 4
    }
}

Describe 'Adopting' {
    BeforeEach {
        Initialize-Stage
        Write-Text -Path (Join-Path $app '.github/skills/notes/SKILL.md') -Text "---`nname: notes`ndescription: Takes notes`n---`n"
        Write-Text -Path (Join-Path $app '.claude/commands/own.md') -Text "Mine`n"
        Write-Text -Path (Join-Path $lib '.claude/commands/own.md') -Text "Mine`n"
    }

    It 'takes what no record names into the collection, and makes it a deployment' {
        $planned = Import-SkmArtifact $app -WhatIf
        $planned.DryRun | Should -Be $true, $true
        (Get-SkmArtifact notes, own -ErrorAction SilentlyContinue) | Should -BeNullOrEmpty
        $adopted = Import-SkmArtifact $app, $lib
        $adopted.ArtifactId | Should -Be 'command:own', 'skill:notes', 'command:own'
        $adopted.Status | Should -Be 'Adopted', 'Adopted', 'Recorded'
        $adopted[1].Profile | Should -Be 'copilot'
        Get-State $app | Sort-Object | Should -Be 'command:own InSync', 'skill:notes InSync'
        Get-State $lib | Should -Be 'command:own InSync'
        ($adopted[1] | Get-SkmArtifact).Description | Should -Be 'Takes notes'
        Import-SkmArtifact $app, $lib | Should -BeNullOrEmpty
    }

    It 'takes projects and artifacts from the pipeline' {
        (Get-SkmDrift $app | Where-Object Name -EQ notes | Import-SkmArtifact).ArtifactId | Should -Be 'skill:notes'
        (Get-Item -LiteralPath $app | Import-SkmArtifact -Type command).ArtifactId | Should -Be 'command:own'
        $null = Register-SkmProject $lib
        (Get-SkmProject | Import-SkmArtifact -Name o* -Profile claude).Status | Should -Be 'Recorded'
    }

    It 'takes of each piped object what it names, and no more' {
        foreach ($root in '.claude', '.windsurf') { Write-Text -Path (Join-Path $app "$root/skills/twin/SKILL.md") -Text "---`nname: twin`ndescription: Twin`n---`n" }
        $drift = @(Get-SkmDrift $app, $lib)
        $mixed = @($drift | Where-Object { $_.Name -eq 'notes' -or ($_.Name -eq 'own' -and $_.Project -eq $lib) -or $_.Path -like '*.windsurf*' })
        $mixed.Count | Should -Be 3
        ($mixed | Import-SkmArtifact -Name no*, twin -WhatIf).ArtifactId | Sort-Object | Should -Be 'skill:notes', 'skill:twin'
        ($mixed | Import-SkmArtifact | ForEach-Object { "$($_.ArtifactId) $(Split-Path $_.Project -Leaf) $($_.Profile)" } | Sort-Object) | Should -Be "command:own $(Split-Path $lib -Leaf) claude_code", "skill:notes $(Split-Path $app -Leaf) copilot", "skill:twin $(Split-Path $app -Leaf) windsurf"
        Get-State $app | Sort-Object | Should -Contain 'command:own Added'
        $null = Write-Text -Path (Join-Path $lib '.claude/commands/more.md') -Text "More`n"
        (@($drift | Where-Object Name -EQ twin | Where-Object Path -Like '*.claude*') + (Get-Item -LiteralPath $lib) | Import-SkmArtifact).ArtifactId | Sort-Object | Should -Be 'command:more', 'skill:twin'
        Get-State $app | Sort-Object | Should -Contain 'command:own Added'
    }

    It 'takes copies whose artifact is gone, and those that the collection has under another name' {
        $null = Install-SkmArtifact code-reviewer -Project $app
        Remove-SkmArtifact code-reviewer -Force
        Copy-Item -LiteralPath (Join-Path $sample 'collections/default/commands/changelog.md') -Destination (Join-Path $app '.claude/commands/log.md')
        $orphan = Get-SkmDrift $app | Where-Object State -EQ Orphaned
        $orphan.Recommendation | Should -Be 'adopt_or_remove'
        ($orphan | Import-SkmArtifact).ArtifactId | Should -Be 'agent:code-reviewer'
        $planned = Import-SkmArtifact $app -Name log -WhatIf
        $planned.ArtifactId | Should -Be 'command:changelog'
        ($planned | Import-SkmArtifact).Status | Should -Be 'Recorded'
        Get-State $app | Should -Contain 'agent:code-reviewer InSync'
        Get-State $app | Should -Contain 'command:changelog InSync'
        (Uninstall-SkmArtifact changelog -Project $app).Path | Should -Be (Join-Path $app '.claude/commands/log.md')
    }

    It 'takes the user''s own folders' {
        Write-Text -Path (Join-Path $env:HOME '.codex/skills/plan/SKILL.md') -Text "---`nname: plan`ndescription: Plans`n---`n"
        (Import-SkmArtifact -UserScope).ArtifactId | Should -Be 'skill:plan'
        (Get-SkmDrift -UserScope -IncludeInSync).State | Should -Be 'InSync'
    }

    It 'says what is in conflict, and what cannot be adopted' {
        Write-Text -Path (Join-Path $app '.claude/commands/changelog.md') -Text "Mine`n"
        Write-Text -Path (Join-Path $app '.claude/skills/con/SKILL.md') -Text "Mine`n"
        Write-Text -Path (Join-Path $app 'skills-lock.json') -Text '{"version": 9}'
        $adopted = Import-SkmArtifact $app -ErrorVariable problems -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        ($adopted | ForEach-Object { "$($_.Name) $($_.Status)" } | Sort-Object) | Should -Be 'changelog Conflict', 'con Error', 'notes Adopted', 'own Adopted'
        ($problems.FullyQualifiedErrorId -replace ',.*') | Should -Be 'ArtifactInvalid'
        $warnings.Count | Should -Be 2
        "$warnings" | Should -BeLike '*skills-lock.json*its version is 9*changelog*was not adopted*'
        (Get-Failure { Import-SkmArtifact $app -Name nothing }).FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        (Get-Failure { Import-SkmArtifact }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Import-SkmArtifact (Join-Path $place none) }).FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
    }

    It 'completes the names of what no record names' {
        (Get-Completion -Line "Import-SkmArtifact -Project '$app' -Name no").CompletionText | Should -Be 'notes'
        (Get-Completion -Line "Import-SkmArtifact -Project '$app' -Name skill:").CompletionText | Should -Be 'skill:notes'
    }
}
