#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
    $null = New-SkmCollection -Name work -SkillMeatHome $sample
    foreach ($field in 'tags', 'description', 'license') {
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample -Fields $field
    }
}

Describe 'Get-SkmSnapshot' {
    It 'lists the newest first' {
        $ids = (Get-SkmSnapshot -SkillMeatHome $sample).Id
        $ids.Count | Should -Be 3
        $ids | Should -Be ($ids | Sort-Object -Descending)
    }

    It 'tells what was about to happen, when, and how large it is' {
        $snapshot = Get-SkmSnapshot -First 1 -SkillMeatHome $sample
        $snapshot.Kind | Should -Be 'pre-refresh'
        $snapshot.Collection | Should -Be 'default'
        $snapshot.Message | Should -Be 'Before refresh of 1 artifact(s)'
        $snapshot.ArtifactCount | Should -Be 4
        $snapshot.SizeBytes | Should -Be (Get-Item -LiteralPath (Join-Path $sample "snapshots/default/$($snapshot.Id).state.json.gz")).Length
        $snapshot.CreatedAt.Offset | Should -Be ([timespan]::Zero)
        ([System.DateTimeOffset]::UtcNow - $snapshot.CreatedAt).TotalMinutes | Should -BeLessThan 5
    }

    It 'pages with -First and -Skip' {
        $ids = (Get-SkmSnapshot -SkillMeatHome $sample).Id
        (Get-SkmSnapshot -First 2 -SkillMeatHome $sample).Id | Should -Be $ids[0, 1]
        (Get-SkmSnapshot -Skip 1 -First 1 -SkillMeatHome $sample).Id | Should -Be $ids[1]
        Get-SkmSnapshot -Skip 9 -SkillMeatHome $sample | Should -BeNullOrEmpty
        Get-SkmSnapshot -First 0 -SkillMeatHome $sample | Should -BeNullOrEmpty
    }

    It 'counts them all with -IncludeTotalCount' {
        $total, $snapshots = Get-SkmSnapshot -First 1 -IncludeTotalCount -SkillMeatHome $sample
        $total | Should -Be 3
        @($snapshots).Count | Should -Be 1
    }

    It 'takes ids and wildcards' {
        $ids = (Get-SkmSnapshot -SkillMeatHome $sample).Id
        (Get-SkmSnapshot -Id $ids[2], $ids[0] -SkillMeatHome $sample).Id | Should -Be $ids[0, 2]
        (Get-SkmSnapshot -Id "*$($ids[1].Substring(9))" -SkillMeatHome $sample).Id | Should -Be $ids[1]
    }

    It 'takes the collection by name and from the pipeline' {
        Get-SkmSnapshot -Collection work -SkillMeatHome $sample | Should -BeNullOrEmpty
        (Get-SkmCollection -SkillMeatHome $sample | Get-SkmSnapshot -SkillMeatHome $sample).Count | Should -Be 3
    }

    It 'does not call an id an error that is beyond the page' {
        $oldest = (Get-SkmSnapshot -SkillMeatHome $sample)[-1].Id
        Get-SkmSnapshot -Id $oldest -Skip 1 -SkillMeatHome $sample -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'lists all kinds' {
        $kinds = Copy-SampleHome -Path (Join-Path $TestDrive 'kinds')
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $kinds
        $manual = New-SkmSnapshot -SkillMeatHome $kinds
        Write-Text -Path (Join-Path $kinds 'collections/default/commands/changelog.md') -Text 'spoilt'
        $null = Restore-SkmSnapshot -Id $manual.Id -Force -SkillMeatHome $kinds
        Write-Text -Path (Join-Path $kinds 'snapshots/default/snapshots.toml') -Text @"
[[snapshots]]
id = "20250101-000000-000000"
timestamp = "2025-01-01T00:00:00"
message = "[auto] of the original"
artifact_count = 3
tarball_path = "/elsewhere/20250101-000000-000000.tar.gz"
"@
        Write-Text -Path (Join-Path $kinds 'snapshots/default/20250101-000000-000000.tar.gz') -Text 'a tarball'
        (Get-SkmSnapshot -SkillMeatHome $kinds).Kind | Should -Be 'pre-restore', 'manual', 'pre-refresh', 'automatic'
        $total, $page = Get-SkmSnapshot -Skip 3 -First 5 -IncludeTotalCount -SkillMeatHome $kinds
        $total | Should -Be 4
        $page.Message | Should -Be '[auto] of the original'
    }

    It 'lists a damaged one with its problem' {
        $damaged = Copy-SampleHome -Path (Join-Path $TestDrive 'damaged')
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $damaged -Fields tags
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $damaged
        $newest = (Get-SkmSnapshot -First 1 -SkillMeatHome $damaged).Id
        Write-Text -Path (Join-Path $damaged "snapshots/default/$newest.state.json.gz") -Text 'not what it was'
        $problems = @()
        $listed = Get-SkmSnapshot -SkillMeatHome $damaged -ErrorAction SilentlyContinue -ErrorVariable problems
        $listed.Count | Should -Be 2
        $listed[0].Problem | Should -BeLike "*$newest*"
        $listed[1].Problem | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'SnapshotCorrupt,SkillMeat.Cmdlets.Commands.GetSkmSnapshotCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problems[0].TargetObject.Id | Should -Be $newest
    }
}
