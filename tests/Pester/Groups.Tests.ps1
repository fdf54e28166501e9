#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Groups' {
    BeforeEach {
        $place = Join-Path $TestDrive ([guid]::NewGuid())
        $script:sample = Copy-SampleHome -Path $place
        $script:project = (New-Item -ItemType Directory -Path (Join-Path $place 'app')).FullName
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
        $null = New-SkmGroup Daily -Member pdf-tools, changelog -Color slate
        $null = New-SkmGroup Review
    }

    It 'are listed in order, by name, by pattern and for a collection' {
        (Get-SkmGroup).Name | Should -Be 'Daily', 'Review'
        (Get-SkmGroup r*).Name | Should -Be 'Review'
        ('daily' | Get-SkmGroup).Members | Should -Be 'skill:pdf-tools', 'command:changelog'
        (Get-SkmCollection | Get-SkmGroup | Get-SkmGroup).Name | Should -Be 'Daily', 'Review'
        Get-SkmGroup x* | Should -BeNullOrEmpty
        { Get-SkmGroup Daly -ErrorAction Stop } | Should -Throw "*Did you mean 'Daily'?*" -ErrorId 'EntryNotFound,*'
    }

    It 'change their name, values and position, and tell the snapshot' {
        $said = Set-SkmGroup Review -NewName Reviews -Description 'For pull requests' -Position 0 -PassThru -Verbose 4>&1
        $said[-1].Name, $said[-1].Description, $said[-1].Position | Should -Be 'Reviews', 'For pull requests', 0
        "$said" | Should -Match 'Snapshot \d{8}-\d{6}-\d{6} was taken first; Restore-SkmSnapshot'
        (Get-SkmGroup).Name | Should -Be 'Reviews', 'Daily'
        Get-SkmGroup | Set-SkmGroup -Color teal
        (Get-SkmGroup).Color | Should -Be 'teal', 'teal'
        (Get-SkmSnapshot -First 1).Kind | Should -Be 'pre-edit'
        { Set-SkmGroup Daily -NewName reviews -ErrorAction Stop } | Should -Throw "*already has a group 'Reviews'*"
    }

    It 'take and lose members from the pipeline, by pattern and by position' {
        Get-SkmArtifact -Type agent | Add-SkmGroupMember Daily -Position 0
        (Get-SkmGroup Daily).Members | Should -Be 'agent:code-reviewer', 'skill:pdf-tools', 'command:changelog'
        (Add-SkmGroupMember Daily meeting* -PassThru).MemberCount | Should -Be 4
        'pdf-tools', 'changelog' | Remove-SkmGroupMember Daily
        Remove-SkmGroupMember Daily *meeting*
        (Get-SkmGroup Daily).Members | Should -Be 'agent:code-reviewer'
        Remove-SkmGroupMember Daily code-reviewer, nothing -ErrorAction SilentlyContinue -ErrorVariable problems
        ($problems[0].FullyQualifiedErrorId -split ',')[0], (Get-SkmGroup Daily).MemberCount | Should -Be 'ArtifactNotFound', 0
        { Get-SkmCollection | Add-SkmGroupMember Daily -ErrorAction Stop } | Should -Throw '*is not an artifact*'
    }

    It 'are removed, and their members stay' {
        (Get-SkmGroup | Remove-SkmGroup -Force -PassThru).Name | Should -Be 'Daily', 'Review'
        Get-SkmGroup | Should -BeNullOrEmpty
        @(Get-SkmArtifact).Count | Should -Be 4
    }

    It 'restrict the artifacts of every cmdlet that takes -Group' {
        (Get-SkmArtifact -Group daily).Name | Sort-Object | Should -Be 'changelog', 'pdf-tools'
        (Get-SkmArtifact -Group Daily -Type skill).Name | Should -Be 'pdf-tools'
        (Invoke-SkmCollectionRefresh -CheckOnly -Group Daily).Name | Sort-Object | Should -Be 'changelog', 'pdf-tools'
        (Update-SkmArtifact -Group Daily -WhatIf 6>$null).Name | Sort-Object | Should -Be 'changelog', 'pdf-tools'
        (Install-SkmArtifact -Group Daily -Project $project).Name | Sort-Object | Should -Be 'changelog', 'pdf-tools'
        (Uninstall-SkmArtifact -Group Daily -Project $project).Name | Sort-Object | Should -Be 'changelog', 'pdf-tools'
        (Remove-SkmArtifact * -Group Daily -Force -PassThru).Name | Sort-Object | Should -Be 'changelog', 'pdf-tools'
        @(Get-SkmArtifact).Count | Should -Be 2
    }

    It 'restrict deployments, comparisons, syncs, searches and transfers' {
        $null = New-SkmCollection work
        Copy-SkmArtifact pdf-tools -Destination work
        $other = (New-Item -ItemType Directory -Path (Join-Path (Split-Path $project) 'other')).FullName
        $null = Register-SkmProject $project, $other
        $null = Install-SkmArtifact pdf-tools, code-reviewer -Project $project
        $null = Install-SkmArtifact pdf-tools -Collection work -Project $other
        foreach ($folder in $project, $other) { Add-Content -LiteralPath (Join-Path $folder '.claude/skills/pdf-tools/SKILL.md') -Value 'mine' }
        Add-Content -LiteralPath (Join-Path $project '.claude/agents/code-reviewer.md') -Value 'mine'
        (Get-SkmDrift -AllProjects).Count, (Get-SkmDrift -AllProjects -Collection default).Count | Should -Be 3, 2
        $drift = Get-SkmDrift -AllProjects -Group daily
        $drift.ArtifactId, $drift.Project | Should -Be 'skill:pdf-tools', $project
        (Get-SkmDeployment -Group Daily | ForEach-Object { "$($_.Name) $($_.Project)" }) | Should -Be "pdf-tools $project"
        (Get-SkmDeployment -Collection work).Project | Should -Be $other
        Get-SkmStaleArtifact -Group Daily | Should -BeNullOrEmpty
        (Find-SkmArtifact -Group Daily).Name | Sort-Object | Should -Be 'changelog', 'pdf-tools'
        (Compare-SkmArtifact -Group Daily -Project $project).ArtifactId | Should -Be 'skill:pdf-tools'
        (Get-SkmProject app | Compare-SkmArtifact -Group Daily).ArtifactId | Should -Be 'skill:pdf-tools'
        (Get-SkmDrift $project | Compare-SkmArtifact -Group Daily).ArtifactId | Should -Be 'skill:pdf-tools'
        { Compare-SkmArtifact pdf-tools -Group Daily -ErrorAction Stop } | Should -Throw '*not both*'
        (Sync-SkmProject $project, $other -Group Daily -Direction Push).ArtifactId | Should -Be 'skill:pdf-tools'
        (Get-SkmDrift -AllProjects).ArtifactId | Sort-Object | Should -Be 'agent:code-reviewer', 'skill:pdf-tools'
        (Uninstall-SkmArtifact -Group Daily -Project $project, $other).Project | Should -Be $project
        (Copy-SkmArtifact change*, code* -Group Daily -Destination work -PassThru).Name | Should -Be 'changelog'
        (Move-SkmArtifact code*, pdf* -Group Daily -Destination work -NewName pdf-moved -PassThru).Name | Should -Be 'pdf-moved'
    }

    It 'are completed' {
        foreach ($line in 'Get-SkmDrift -Group D', 'Get-SkmDeployment -Group D', 'Sync-SkmProject -Group D', 'Compare-SkmArtifact -Group D', 'Get-SkmStaleArtifact -Group D', 'Move-SkmArtifact -Group D', 'Find-SkmArtifact -Group D') {
            $text = "$line"
            $text = $text -replace '-Group', "-SkillMeatHome '$sample' -Group"
            (TabExpansion2 -inputScript $text -cursorColumn $text.Length).CompletionMatches.CompletionText | Should -Be 'Daily' -Because $line
        }
    }

    It 'are an error if they are unknown, and nothing is changed' {
        $null = New-SkmCollection work
        $before = Get-HomeState -Path (Join-Path $sample 'collections')
        foreach ($call in { Get-SkmArtifact -Group Daly }, { Update-SkmArtifact -Group Daly }, { Invoke-SkmCollectionRefresh -Group Daly }, { Remove-SkmArtifact * -Group Daly -Force }, { Install-SkmArtifact -Group Daly -Project $project },
            { Uninstall-SkmArtifact -Group Daly -Project $project },
            { Get-SkmDrift $project -Group Daly }, { Get-SkmDeployment -Group Daly }, { Sync-SkmProject $project -Group Daly }, { Compare-SkmArtifact -Group Daly },
            { Get-SkmStaleArtifact -Group Daly }, { Find-SkmArtifact -Group Daly }, { Move-SkmArtifact * work -Group Daly }) {
            $problems = try { & $call 2>&1 } catch { $_ }
            @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -and "$_" -like "*Did you mean 'Daily'?*" }).Count | Should -Be 1 -Because "$call"
        }

        Get-HomeState -Path (Join-Path $sample 'collections') | Should -Be $before
    }

    It 'show members that are gone, and warn of them' {
        $manifest = Join-Path $sample 'collections/default/collection.toml'
        (Get-Content -LiteralPath $manifest -Raw) -replace 'skill:pdf-tools', 'skill:gone' | Set-Content -LiteralPath $manifest -NoNewline
        (Get-SkmGroup Daily).MissingMembers | Should -Be 'skill:gone'
        (Install-SkmArtifact -Group Daily -Project $project -WarningVariable warned -WarningAction SilentlyContinue).Name | Should -Be 'changelog'
        "$warned" | Should -Be "Group 'Daily' names skill:gone, which collection 'default' does not have."
        (Compare-SkmArtifact -Group Daily -Between Collection, Upstream -WarningVariable warned -WarningAction SilentlyContinue).Name | Should -Be 'changelog'
        "$warned" | Should -Be "Group 'Daily' names skill:gone, which collection 'default' does not have."
    }
}

Describe 'MCP servers and tag definitions' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
    }

    It 'keep values of variables out of views' {
        $secret = ConvertTo-SecureString 'hunter2' -AsPlainText -Force
        $server = New-SkmMcpServer files -Repo octo/mcp-files -EnvVars @{ TOKEN = $secret }
        $server.EnvVars['TOKEN'], $server.Version | Should -Be 'hunter2', 'latest'
        $server | Out-String | Should -Not -BeLike '*hunter2*'
        $server | Format-List | Out-String | Should -BeLike '*TOKEN=`*`*`**'
        $server | Format-List | Out-String | Should -Not -BeLike '*hunter2*'
        Set-SkmMcpServer files -EnvVars @{ TOKEN = $null; ROOT = '/srv' } -Version v1.0.0
        (Get-SkmMcpServer files).EnvVars.Keys, (Get-SkmMcpServer).Version | Should -Be 'ROOT', 'v1.0.0'
        Get-SkmMcpServer | Remove-SkmMcpServer -Force
        Get-SkmMcpServer | Should -BeNullOrEmpty
    }

    It 'are created, changed and removed' {
        (New-SkmTagDefinition 'My docs' -Color '#3b82f6').Slug | Should -Be 'my-docs'
        (Set-SkmTagDefinition 'my docs' -NewName Docs -Slug docs -PassThru).Slug | Should -Be 'docs'
        { Set-SkmTagDefinition Docs -Color 'deep blue' -ErrorAction Stop } | Should -Throw '*is not a color*'
        (Get-SkmTagDefinition D* | Remove-SkmTagDefinition -Force -PassThru).Name | Should -Be 'Docs'
        Get-SkmTagDefinition | Should -BeNullOrEmpty
    }
}
