#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:oldHome = $env:HOME

    function Set-Version {
        # Replaces the text of the skill pdf-tools.
        param([string] $Path, [string] $Version)

        Write-Text -Path (Join-Path $Path 'SKILL.md') -Text "---`nname: pdf-tools`ndescription: Fills in forms.`nversion: $Version`n---`nBody of $Version`n"
    }
}

AfterAll {
    $env:HOME = $oldHome
}

Describe 'Stale artifacts and deployments' {
    BeforeEach {
        $script:place = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:sample = Copy-SampleHome -Path $place
        $script:collection = Join-Path $sample 'collections/default'
        $script:app = (New-Item -ItemType Directory -Path (Join-Path $place 'src/app')).FullName
        $env:HOME = (New-Item -ItemType Directory -Path (Join-Path $place 'user')).FullName
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
        Set-Version -Path (Join-Path $collection 'skills/pdf-tools') -Version 1.0.0
        $null = Register-SkmProject $app
        $null = Install-SkmArtifact pdf-tools, changelog, meeting-notes -Project app
    }

    It 'compares versions of copies with the collection' {
        Get-SkmStaleArtifact | Should -BeNullOrEmpty
        Set-Version -Path (Join-Path $collection 'skills/pdf-tools') -Version 2.0.0-rc.1
        $stale = Get-SkmStaleArtifact
        $stale.ArtifactId | Should -Be 'skill:pdf-tools'
        $stale.Difference | Should -Be 'Major'
        $stale.DeployedVersion, $stale.CollectionVersion | Should -Be '1.0.0', '2.0.0-rc.1'
        $stale.UpstreamVersion, $stale.CheckedAt | Should -Be $null, $null
        $stale.IsBehindCollection, $stale.IsBehindUpstream | Should -Be $true, $false
        Set-Version -Path (Join-Path $collection 'skills/pdf-tools') -Version 0.9
        Get-SkmStaleArtifact | Should -BeNullOrEmpty
    }

    It 'remembers what a check finds, and keeps it when upstream does not answer' {
        Get-SkmStaleArtifact | Should -BeNullOrEmpty
        $null = Invoke-SkmCollectionRefresh -CheckOnly
        $stale = Get-SkmStaleArtifact
        $stale.ArtifactId | Should -Be 'skill:meeting-notes'
        $stale.IsBehindUpstream | Should -BeTrue
        $stale.CheckedAt.Offset | Should -Be ([timespan]::Zero)
        Rename-Item -LiteralPath (Join-Path $place 'upstream') -NewName gone
        $again = Get-SkmStaleArtifact -Refresh -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -BeGreaterThan 0
        $again.CheckedAt | Should -Be $stale.CheckedAt
        $again.Problem | Should -Not -BeNullOrEmpty
    }

    It 'checks first with -Refresh, sorts and filters' {
        Set-Version -Path (Join-Path $collection 'skills/pdf-tools') -Version 1.1.0
        (Get-SkmStaleArtifact -Refresh).Name | Should -Be 'meeting-notes', 'pdf-tools'
        (Get-SkmStaleArtifact -SortBy VersionDifference).Name | Should -Be 'pdf-tools', 'meeting-notes'
        (Get-SkmStaleArtifact -SortBy VersionDifference).Difference | Should -Be 'Minor', 'Unknown'
        Get-SkmStaleArtifact -Type command | Should -BeNullOrEmpty
        (Get-SkmStaleArtifact $app).Project | Sort-Object -Unique | Should -Be $app
        (Get-SkmStaleArtifact a*).Count | Should -Be 2
        (Get-Failure { Get-SkmStaleArtifact nowhere }).FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        (Get-Failure { Get-SkmStaleArtifact -Type skil }).Exception.Message | Should -BeLike "*Did you mean 'skill'?*"
    }

    It 'can be piped to what brings artifacts up to date' {
        (Get-SkmStaleArtifact -Refresh | Update-SkmArtifact).Status | Should -Be 'Updated'
        Get-SkmStaleArtifact | Install-SkmArtifact | Out-Null
        Get-SkmStaleArtifact | Should -BeNullOrEmpty
    }

    It 'lists deployments with states that are right at once' {
        $all = Get-SkmDeployment
        $all.ArtifactId | Sort-Object | Should -Be 'command:changelog', 'skill:meeting-notes', 'skill:pdf-tools'
        $all.State | Sort-Object -Unique | Should -Be 'InSync'
        ($all | Where-Object Name -EQ pdf-tools).Version | Should -Be '1.0.0'
        Add-Content -LiteralPath (Join-Path $app '.claude/commands/changelog.md') -Value 'mine'
        (Get-SkmDeployment -State Modified).Name | Should -Be 'changelog'
        (Get-SkmDeployment app -Type skill -Name p*).Name | Should -Be 'pdf-tools'
        (Get-SkmDeployment -Search MEETING -Profile claude).Name | Should -Be 'meeting-notes'
        (Get-SkmDeployment -State Modified | Get-SkmDrift).State | Should -Be 'Modified'
        Write-Text -Path (Join-Path $app '.claude/commands/own.md') -Text 'Mine'
        (Get-SkmDeployment).Name | Should -Not -Contain 'own'
        (Get-SkmDeployment -State Added).Name | Should -Be 'own'
        Rename-Item -LiteralPath $app -NewName moved
        (Get-SkmDeployment).State | Sort-Object -Unique | Should -Be 'Missing'
        (Get-SkmDeployment -State Missing).Count | Should -Be 3
    }
}

Describe 'Stale artifacts from GitHub' {
    BeforeAll {
        if (Find-TestProgram -Name LoopbackGitHub) {
            $script:gitHub = Initialize-GitHubHome -Path (Join-Path $TestDrive 'github')
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
            return
        }

        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $gitHub.Home }
    }

    It 'counts the commits that are missing, <_>' -ForEach 'without a token', 'with a token' {
        Connect-LoopbackGitHub -Server $server -Token ($_ -eq 'with a token' ? $server.Token : '')
        Clear-SkmCache
        $stale = Get-SkmStaleArtifact -Refresh
        $stale.Name | Should -Be 'skill-001', 'skill-002'
        $stale.CommitsBehind | Should -Be 1, 1
        $stale.Difference | Should -Be 'Commits', 'Commits'
        ($stale | Format-View) | Should -BeLike '*1 commit*'
        $null = Invoke-RestMethod -Method Post -Uri "$($server.ServerUrl)/_log/reset"
        $null = Invoke-SkmCollectionRefresh -CheckOnly
        $first = @(Get-LoopbackLog -Server $server).Count
        (Get-SkmStaleArtifact).CommitsBehind | Should -Be 1, 1
        @(Get-LoopbackLog -Server $server).Count | Should -Be $first
    }

    It 'remembers what a refresh and an update found' {
        Connect-LoopbackGitHub -Server $server
        Clear-SkmCache
        $null = Invoke-SkmCollectionRefresh -WhatIf
        $null = Invoke-SkmCollectionRefresh -CheckOnly
        $null = Update-SkmArtifact -WhatIf
        Join-Path $gitHub.Home 'cache/skillmeat-engine.db' | Should -Not -Exist
        Get-SkmStaleArtifact | Should -BeNullOrEmpty
        $null = Invoke-SkmCollectionRefresh
        (Get-SkmStaleArtifact).CommitsBehind | Should -Be 1, 1
        Clear-SkmCache
        $null = Update-SkmArtifact skill-001
        Get-SkmStaleArtifact | Should -BeNullOrEmpty
        (Update-SkmArtifact -WhatIf).Name | Should -Contain 'skill-002'
        (Get-SkmStaleArtifact).Name | Should -Be 'skill-002'
    }
}
