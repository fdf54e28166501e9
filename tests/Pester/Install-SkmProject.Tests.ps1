#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:oldHome = $env:HOME

    function Initialize-Stage {
        # A sample home, a project that has a skill of a folder in it and one from elsewhere, another home without artifacts, and a copy of the project's own files.
        $script:place = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:sample = Copy-SampleHome -Path $place
        $script:second = Join-Path $place 'second'
        $script:app = (New-Item -ItemType Directory -Path (Join-Path $place 'app')).FullName
        $script:clone = (New-Item -ItemType Directory -Path (Join-Path $place 'clone')).FullName
        $env:HOME = (New-Item -ItemType Directory -Path (Join-Path $place 'user')).FullName
        $env:SKILLMEAT_HOME = $sample
        foreach ($folder in $app, $clone) {
            Write-Text -Path (Join-Path $folder 'vendor/skills/own/SKILL.md') -Text "---`nname: own`ndescription: Our own.`n---`nBody`n"
        }

        $null = New-SkmCollection default -SkillMeatHome $second
        $null = Add-SkmArtifact (Join-Path $app 'vendor/skills/own')
        $null = Register-SkmProject $app
        $null = Install-SkmArtifact own -Project app -Profile claude, codex
        $script:file = Join-Path $app 'skillmeat.toml'
    }
}

AfterAll {
    $env:HOME = $oldHome
    $env:SKILLMEAT_HOME = $null
}

Describe 'Export-SkmProject' {
    BeforeEach {
        Initialize-Stage
    }

    It 'writes what is deployed, and nothing the second time' {
        $export = Export-SkmProject app
        $export.Added | Should -Be 'skill:own'
        $export.Path | Should -Be $file
        Get-Content -LiteralPath $file | Select-Object -Last 7 | Should -Be '[[artifacts]]', 'id = "skill:own"', 'source = "./vendor/skills/own"', 'profiles = [', '    "claude_code",', '    "codex",', ']'
        $before = Get-FileHash -LiteralPath $file
        (Export-SkmProject app).IsChanged | Should -BeFalse
        (Get-FileHash -LiteralPath $file).Hash | Should -Be $before.Hash
    }

    It 'warns of what only this machine has, keeps comments, and says with -WhatIf what it would write' {
        Write-Text -Path $file -Text "# Ours`nteam = 'platform'`n"
        $null = Install-SkmArtifact pdf-tools -Project app
        $planned = Export-SkmProject app -WhatIf -WarningAction SilentlyContinue
        $planned.DryRun | Should -BeTrue
        $planned.Added | Should -Be 'skill:own', 'skill:pdf-tools'
        Get-Content -LiteralPath $file -Raw | Should -Be "# Ours`nteam = 'platform'`n"
        $null = Export-SkmProject app -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*skill:pdf-tools comes from a folder of this machine*'
        Get-Content -LiteralPath $file -Raw | Should -BeLike "# Ours`nteam = 'platform'`n*skill:own*skill:pdf-tools*"
        Get-Content -LiteralPath $file -Raw | Should -Not -BeLike "*$place*"
    }

    It 'takes the current location by default, projects from the pipeline, and goes on after an error' {
        Push-Location -LiteralPath $app
        try {
            (Export-SkmProject).Path | Should -Be $file
        }
        finally {
            Pop-Location
        }

        $null = Register-SkmProject $clone
        Write-Text -Path (Join-Path $clone 'skillmeat.toml') -Text 'not [ toml'
        (Get-SkmProject | Export-SkmProject -ErrorVariable problems -ErrorAction SilentlyContinue).Project | Should -Be $app
        $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidToml,*'
        $problems.TargetObject | Should -Be $clone
    }
}

Describe 'Install-SkmProject' {
    BeforeEach {
        Initialize-Stage
        $null = Export-SkmProject app
        Copy-Item -LiteralPath $file -Destination $clone
        $env:SKILLMEAT_HOME = $second
    }

    It 'brings another machine to the state, and changes nothing the second time' {
        $outcomes = Install-SkmProject $clone
        $outcomes.ForEach({ "$($_.ArtifactId) $($_.Profile) $($_.Status) $($_.IsAdded)" }) | Should -Be 'skill:own claude_code Deployed True', 'skill:own codex Deployed True'
        (Get-SkmArtifact).ArtifactId | Should -Be 'skill:own'
        Get-SkmDrift $clone | Should -BeNullOrEmpty
        $before = Get-HomeState -Path $clone
        (Install-SkmProject $clone).Status | Sort-Object -Unique | Should -Be 'Unchanged'
        (Export-SkmProject $clone).IsChanged | Should -BeFalse
        Get-HomeState -Path $clone | Should -Be $before
    }

    It 'says with -WhatIf what it would do, asks with -Confirm, and leaves what is declined' {
        $environment = @{ PATH = $env:PATH; HOME = $env:HOME; SKILLMEAT_HOME = $second; TERM = 'dumb' }
        $before = "$(Get-HomeState -Path $clone)$(Get-HomeState -Path $second)"
        $said = (Invoke-Pwsh -Environment $environment -Command "Import-Module '$(Find-SkillMeat)'; (Install-SkmProject '$clone' -WhatIf).DryRun").Output -split '\r?\n'
        $said[0] | Should -BeLike 'What if: *"Add to the collection, and Deploy to *for claude_code, codex" on target "skill:own".'
        $said[1..2] | Should -Be 'True', 'True'
        "$(Get-HomeState -Path $clone)$(Get-HomeState -Path $second)" | Should -Be $before
        (Invoke-Pwsh -Interactive -Typed "n`n" -Environment $environment -Command "Import-Module '$(Find-SkillMeat)'; `$null = Install-SkmProject '$clone' -Confirm").ExitCode | Should -Be 0
        Join-Path $clone '.claude' | Should -Not -Exist
        Get-SkmArtifact | Should -BeNullOrEmpty
    }

    It 'leaves an edited copy with a warning, and what the file does not name' {
        $null = Install-SkmProject $clone
        Add-Content -LiteralPath (Join-Path $clone '.claude/skills/own/SKILL.md') -Value 'Mine.'
        $outcomes = Install-SkmProject $clone -WarningVariable warnings -WarningAction SilentlyContinue
        $outcomes.Status | Should -Be 'Conflict', 'Unchanged'
        "$warnings" | Should -BeLike '*was not changed: It was edited in the project*'
        Set-Content -LiteralPath (Join-Path $clone 'skillmeat.toml') -Value '# nothing'
        (Install-SkmProject $clone).Status | Sort-Object -Unique | Should -Be 'Skipped'
        Join-Path $clone '.claude/skills/own' | Should -Exist
    }

    It 'reports what it cannot bring, and installs the rest and the other projects' {
        Add-Content -LiteralPath (Join-Path $clone 'skillmeat.toml') -Value '', '[[artifacts]]', 'id = "skill:absent"', '[[artifacts]]', 'id = "skill:outside"', "source = '$(Join-Path $place 'app/vendor/skills/own')'"
        $none = (New-Item -ItemType Directory -Path (Join-Path $place 'none')).FullName
        $outcomes = Install-SkmProject $none, $clone -ErrorVariable problems -ErrorAction SilentlyContinue
        $outcomes.ForEach({ "$($_.Name) $($_.Status)" }) | Should -Be 'own Deployed', 'own Deployed', 'absent Error', 'outside Error'
        $problems.Count | Should -Be 3
        "$($problems[0])" | Should -BeLike '*has no skillmeat.toml*'
        "$($problems[1])" | Should -BeLike '*names no source for it*'
        "$($problems[2])" | Should -BeLike '*outside of the project*'
    }

    It 'refuses a file with a password, and does not show it' {
        Set-Content -LiteralPath (Join-Path $clone 'skillmeat.toml') -Value '[[artifacts]]', 'id = "skill:x"', 'source = "https://user:hunter2@github.com/o/r"'
        $problem = Get-Failure { Install-SkmProject $clone }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidData,*'
        "$problem" | Should -Not -BeLike '*hunter2*'
    }

    It 'activates nothing by the file alone' {
        $env:SKILLMEAT_HOME = $sample
        Write-Text -Path (Join-Path $app 'vendor/hooks/guard/settings.json') -Text '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "echo done"}]}]}}'
        Write-Text -Path $file -Text "[[artifacts]]`nid = `"hook:guard`"`nsource = `"./vendor/hooks/guard`"`nactivate = true`n"
        (Install-SkmProject app -WarningAction SilentlyContinue)[0].Commands | Should -BeNullOrEmpty
        Join-Path $app '.claude/settings.json' | Should -Not -Exist
        (Install-SkmProject app -Activate)[0].Commands | Should -Be 'echo done'
        Join-Path $app '.claude/settings.json' | Should -Exist
    }

    It 'does not restrict Sync-SkmProject' {
        $env:SKILLMEAT_HOME = $sample
        $null = Install-SkmArtifact pdf-tools -Project app
        (Sync-SkmProject app).Name | Sort-Object -Unique | Should -Be 'own', 'pdf-tools'
    }
}
