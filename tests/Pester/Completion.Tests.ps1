#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
    $null = 'my work', "o'clock" | New-SkmCollection -SkillMeatHome $sample
    foreach ($field in 'tags', 'license') {
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample -Fields $field
    }

    # A skill with the name of a command.
    $manifest = Join-Path $sample 'collections/default/collection.toml'
    Add-Content -LiteralPath $manifest -Value "`n[[artifacts]]`nname = `"changelog`"`ntype = `"skill`"`npath = `"skills/changelog`"`norigin = `"local`"`nadded = `"2026-11-01T09:03:00`""
    $env:SKILLMEAT_HOME = $sample
}

AfterAll {
    Connect-LoopbackGitHub
}

Describe 'Tab' {
    It 'completes collections, with what they hold' {
        $offered = Get-Completion -Line 'Get-SkmArtifact -Collection '
        $offered.ListItemText | Should -Be 'default', 'my work', "o'clock"
        $offered[0].ToolTip | Should -Be '5 artifacts, active'
        $offered[1].ToolTip | Should -Be '0 artifacts'
        $offered.ResultType | Sort-Object -Unique | Should -Be 'ParameterValue'
    }

    It 'quotes what holds blanks or quotes, so that the command runs' {
        $offered = Get-Completion -Line 'Get-SkmArtifact -Collection '
        $offered.CompletionText | Should -Be 'default', "'my work'", "'o''clock'"
        foreach ($text in $offered.CompletionText) {
            { & ([scriptblock]::Create("Get-SkmArtifact -Collection $text -ErrorAction Stop")) } | Should -Not -Throw
        }
    }

    It 'goes on from what was typed, with and without a quote' {
        (Get-Completion -Line 'Get-SkmArtifact -Collection def').CompletionText | Should -Be 'default'
        (Get-Completion -Line 'Get-SkmArtifact -Collection DEF').CompletionText | Should -Be 'default'
        (Get-Completion -Line "Get-SkmArtifact -Collection 'my").CompletionText | Should -Be "'my work'"
        (Get-Completion -Line 'Get-SkmArtifact -Collection "my').ListItemText | Should -Be 'my work'
    }

    It 'completes a collection wherever one is named: <_>' -ForEach @(
        'Get-SkmCollection ', 'Get-SkmSnapshot -Collection ', 'Invoke-SkmCollectionRefresh -Collection ', 'Set-SkmCollection '
        'Restore-SkmSnapshot -Collection ', 'Remove-SkmSnapshot -Collection ', 'New-SkmSnapshot -Collection ', 'Test-SkmSnapshot -Collection '
        'Export-SkmSnapshot -Collection ', 'Add-SkmArtifact -Collection ', 'Update-SkmArtifact -Collection ', 'Remove-SkmArtifact -Collection '
        'Rename-SkmCollection ', 'Remove-SkmCollection ', 'Move-SkmArtifact -Collection ', 'Move-SkmArtifact x -Destination ', 'Copy-SkmArtifact -Destination '
    ) {
        (Get-Completion -Line $_).ListItemText | Should -Contain 'my work'
    }

    It 'completes artifacts, by id where two types share the name' {
        $offered = Get-Completion -Line 'Get-SkmArtifact '
        $offered.CompletionText | Sort-Object | Should -Be 'code-reviewer', 'command:changelog', 'meeting-notes', 'pdf-tools', 'skill:changelog'
        ($offered | Where-Object ListItemText -EQ 'pdf-tools').ToolTip | Should -Be 'skill: Extract text and tables from PDF files.'
    }

    It 'completes artifacts of the type and the collection that were typed before' {
        (Get-Completion -Line 'Invoke-SkmCollectionRefresh -Type agent -Name ').CompletionText | Should -Be 'code-reviewer'
        Get-Completion -Line "Get-SkmArtifact -Collection 'my work' -Name " | Should -BeNullOrEmpty
    }

    It 'completes the second of several names' {
        (Get-Completion -Line 'Get-SkmArtifact -Name pdf-tools, meet').CompletionText | Should -Be 'meeting-notes'
    }

    It 'completes artifacts to restore' {
        (Get-Completion -Line 'Restore-SkmSnapshot -Id x -Artifact pdf-tools, meet').CompletionText | Should -Be 'meeting-notes'
    }

    It 'completes artifacts to update and to remove' {
        (Get-Completion -Line 'Update-SkmArtifact meet').CompletionText | Should -Be 'meeting-notes'
        (Get-Completion -Line 'Remove-SkmArtifact -Type agent -Name ').CompletionText | Should -Be 'code-reviewer'
    }

    It 'completes what becomes of local edits' {
        (Get-Completion -Line 'Update-SkmArtifact -Strategy ').CompletionText | Should -Be 'KeepLocal', 'Merge', 'Prompt', 'TakeUpstream'
        (Get-Completion -Line 'Update-SkmArtifact -ResolveWith l').CompletionText | Should -Contain 'Local'
        Push-Location -LiteralPath (Split-Path -Path $sample)
        try {
            (Get-Completion -Line 'Update-SkmArtifact -ResolveWith ./up').ListItemText | Should -Be 'upstream'
        }
        finally {
            Pop-Location
        }
    }

    It 'completes types' {
        (Get-Completion -Line 'Get-SkmArtifact -Type ').CompletionText | Should -Contain 'skill'
        (Get-Completion -Line 'Invoke-SkmCollectionRefresh -Type co').CompletionText | Should -Be 'command', 'composite', 'context_file'
    }

    It 'completes fields, with their meaning' {
        $offered = Get-Completion -Line 'Invoke-SkmCollectionRefresh -Fields '
        $offered.CompletionText | Should -Be (Get-SkmRefreshField).Name
        $offered.ToolTip | Should -Be (Get-SkmRefreshField).Meaning
        (Get-Completion -Line 'Invoke-SkmCollectionRefresh -Fields tags, lic').CompletionText | Should -Be 'license'
        (Get-Completion -Line 'Get-SkmRefreshField aut').CompletionText | Should -Be 'author'
    }

    It 'completes snapshots, the newest first, with their message: <_>' -ForEach 'Restore-SkmSnapshot ', 'Remove-SkmSnapshot -Id ', 'Get-SkmSnapshot ', 'Test-SkmSnapshot ', 'Export-SkmSnapshot ' {
        $offered = Get-Completion -Line $_
        $offered.CompletionText | Should -Be (Get-SkmSnapshot).Id
        $offered[0].CompletionText | Should -BeGreaterThan $offered[1].CompletionText
        $offered.ToolTip | Sort-Object -Unique | Should -Be 'Before refresh of 1 artifact(s)'
    }

    It 'uses the home that was typed' {
        $other = Join-Path $TestDrive 'other home'
        $null = New-SkmCollection -Name elsewhere -SkillMeatHome $other
        (Get-Completion -Line "Get-SkmArtifact -SkillMeatHome '$other' -Collection ").CompletionText | Should -Be 'elsewhere'
    }

    It "uses a home that is relative to PowerShell's location" {
        Push-Location -LiteralPath (Join-Path $TestDrive 'sample')
        try {
            (Get-Completion -Line 'Get-SkmArtifact -SkillMeatHome ./home -Collection de').CompletionText | Should -Be 'default'
        }
        finally {
            Pop-Location
        }
    }

    It 'changes nothing' {
        $before = Get-HomeState -Path $sample
        $null = Get-Completion -Line 'Restore-SkmSnapshot '
        Get-HomeState -Path $sample | Should -Be $before
    }

    It 'offers nothing, not even files, and is no error where <What>' -ForEach @(
        @{ What = 'there is no home'; Typed = '-SkillMeatHome ./nowhere' }
        @{ What = 'the home is a place of another provider'; Typed = '-SkillMeatHome Env:' }
    ) {
        $before = $Error.Count
        $offered = 'Get-SkmArtifact -Collection ', 'Get-SkmArtifact -Name ', 'Restore-SkmSnapshot -Id ' |
            ForEach-Object { Get-Completion -Line ($_ -replace ' -', " $Typed -") }
        $Error.Count | Should -Be $before
        $offered | Should -BeNullOrEmpty
        './nowhere' | Should -Not -Exist
    }

    It 'is no error where a collection can not be read' {
        $damaged = Copy-SampleHome -Path (Join-Path $TestDrive 'damaged')
        Write-Text -Path (Join-Path $damaged 'collections/default/collection.toml') -Text 'x ='
        Get-Completion -Line "Get-SkmArtifact -SkillMeatHome '$damaged' -Name " | Should -BeNullOrEmpty
        (Get-Completion -Line "Get-SkmArtifact -SkillMeatHome '$damaged' -Collection ").ListItemText | Should -Be 'default'
    }
}

Describe 'The script of skm completion pwsh' -Skip:(-not (Test-Path -Path "$PSScriptRoot/../../src/SkillMeat.Cli/bin/*/net10.0/skm.dll")) {
    It 'completes commands, options, types and artifacts of the home' {
        $program = (Get-ChildItem -Path "$PSScriptRoot/../../src/SkillMeat.Cli/bin/*/net10.0/skm.dll" | Sort-Object -Property LastWriteTimeUtc | Select-Object -Last 1).FullName
        function global:skm { dotnet $program @args }
        try {
            skm completion pwsh | Out-String | Invoke-Expression
            (Get-Completion -Line 'skm snap').CompletionText | Should -Be 'snapshot'
            (Get-Completion -Line 'skm add --inc').CompletionText | Should -Be '--include'
            (Get-Completion -Line 'skm list --type ag').CompletionText | Should -Be 'agent'
            $offered = Get-Completion -Line 'skm show '
            $offered.CompletionText | Should -Contain 'pdf-tools'
            ($offered | Where-Object CompletionText -EQ 'pdf-tools').ToolTip | Should -Be 'skill: Extract text and tables from PDF files.'
            (Get-Completion -Line 'skm list --collection my').CompletionText | Should -Be "'my work'"
        }
        finally {
            Remove-Item -Path Function:skm
        }
    }
}
