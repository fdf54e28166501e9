#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeDiscovery {
    # Every type that a cmdlet returns, with the titles of its table.
    # Those at 80 and at 60 characters are the first ones, because PowerShell leaves out the last ones.
    $script:views = @(
        @{ Type = 'Collections.CollectionSummary'; Columns = 'Collection', 'Active', 'Artifacts', 'Updated', 'Details'; At80 = 5; At60 = 5 }
        @{ Type = 'Collections.Artifact'; Columns = 'Artifact', 'Follows', 'Commit', 'Updated', 'Tags', 'Description'; At80 = 5; At60 = 4 }
        @{ Type = 'Checks.ArtifactCheck'; Columns = 'Artifact', 'Change', 'Details', 'Current', 'Upstream', 'Follows', 'Drift'; At80 = 3; At60 = 3 }
        @{ Type = 'Checks.UpdateCheckSummary'; Columns = 'Collection', 'Updated', 'Moved', 'Deleted', 'New', 'Errors', 'Unknown', 'UpToDate'; At80 = 8; At60 = 7 }
        @{ Type = 'Refresh.RefreshEntry'; Columns = 'Artifact', 'Status', 'Details'; At80 = 3; At60 = 3 }
        @{ Type = 'Refresh.RefreshSummary'; Columns = 'Collection', 'Refreshed', 'Unchanged', 'Skipped', 'Errors', 'Snapshot', 'Success'; At80 = 7; At60 = 6 }
        @{ Type = 'Refresh.RefreshField'; Columns = 'Name', 'Meaning'; At80 = 2; At60 = 2 }
        @{ Type = 'Snapshots.SnapshotInfo'; Columns = 'Snapshot', 'Made', 'Details', 'Artifacts', 'Held', 'Added'; At80 = 3; At60 = 3 }
        @{ Type = 'Snapshots.SnapshotCheck'; Columns = 'Snapshot', 'Sound', 'Objects', 'Size', 'Details'; At80 = 5; At60 = 5 }
        @{ Type = 'Snapshots.SnapshotExport'; Columns = 'Snapshot', 'Listed', 'Size', 'Path'; At80 = 4; At60 = 4 }
        @{ Type = 'Snapshots.RestoreResult'; Columns = 'Collection', 'Restored', 'Undo', 'Artifacts'; At80 = 4; At60 = 3 }
        @{ Type = 'Additions.AddEntry'; Columns = 'Artifact', 'Status', 'Version', 'Details'; At80 = 4; At60 = 4 }
        @{ Type = 'Browsing.UpstreamArtifact'; Columns = 'Artifact', 'State', 'Description'; At80 = 3; At60 = 3 }
        @{ Type = 'Cache.CacheStatus'; Columns = 'State', 'Artifacts', 'Size', 'HitRate', 'Path'; At80 = 5; At60 = 5 }
        @{ Type = 'Cache.Search.FoundArtifact'; Columns = 'Artifact', 'Collection', 'Text'; At80 = 3; At60 = 3 }
        @{ Type = 'Cache.Marketplaces.Marketplace'; Columns = 'Name', 'Artifacts', 'Updated', 'Details'; At80 = 4; At60 = 4 }
        @{ Type = 'Cache.Marketplaces.MarketplaceResult'; Columns = 'Name', 'Status', 'Artifacts', 'Details'; At80 = 4; At60 = 4 }
        @{ Type = 'Cache.Marketplaces.MarketplaceArtifact'; Columns = 'Artifact', 'State', 'Marketplace', 'Description'; At80 = 4; At60 = 4 }
        @{ Type = 'Artifacts.Judging.ArtifactProblem'; Columns = 'Line', 'Severity', 'Message'; At80 = 3; At60 = 3 }
        @{ Type = 'Organizing.TransferredArtifact'; Columns = 'Artifact', 'Status', 'Source', 'Deployments', 'Path'; At80 = 5; At60 = 4 }
        @{ Type = 'Organizing.RenamedCollection'; Columns = 'Collection', 'Before', 'Snapshots', 'Deployments', 'Folder'; At80 = 5; At60 = 4 }
        @{ Type = 'Organizing.DeletedCollection'; Columns = 'Collection', 'Status', 'Artifacts', 'Undo', 'Active'; At80 = 5; At60 = 4 }
        @{ Type = 'Removals.RemovedArtifact'; Columns = 'Artifact', 'Status', 'Undo', 'FilesKept', 'Path'; At80 = 5; At60 = 3 }
        @{ Type = 'Updates.UpdateEntry'; Columns = 'Artifact', 'Status', 'From', 'To', 'Details'; At80 = 5; At60 = 4 }
        @{ Type = 'Projects.Registry.Project'; Columns = 'Name', 'State', 'Deployments', 'Profiles', 'Path'; At80 = 5; At60 = 5 }
        @{ Type = 'Projects.Profiles.DetectedProfile'; Columns = 'Profile', 'OnMachine', 'InProject', 'ProjectFolder', 'UserFolder'; At80 = 5; At60 = 4 }
        @{ Type = 'Projects.Deploying.DeployedArtifact'; Columns = 'Artifact', 'Status', 'Profile', 'Details'; At80 = 4; At60 = 4 }
        @{ Type = 'Projects.Restoring.ReplacedCopy'; Columns = 'Artifact', 'Status', 'ReplacedAt', 'Details'; At80 = 4; At60 = 3 }
        @{ Type = 'Projects.Adoption.AdoptedArtifact'; Columns = 'Artifact', 'Status', 'Origin', 'Details'; At80 = 4; At60 = 4 }
        @{ Type = 'Projects.Drift.ArtifactDrift'; Columns = 'Artifact', 'State', 'Profile', 'Recommendation', 'Changes'; At80 = 5; At60 = 4 }
        @{ Type = 'Cache.Deployments.DeploymentStatus'; Columns = 'Artifact', 'State', 'Version', 'Profile', 'Deployed'; At80 = 5; At60 = 4 }
        @{ Type = 'Cache.Stale.StaleArtifact'; Columns = 'Artifact', 'Difference', 'Deployed', 'Collection', 'Upstream', 'Project'; At80 = 6; At60 = 4 }
        @{ Type = 'Projects.Syncing.SyncEntry'; Columns = 'Artifact', 'Status', 'Profile', 'Details'; At80 = 4; At60 = 4 }
        @{ Type = 'Projects.Desired.ProjectExport'; Columns = 'Path', 'Details'; At80 = 2; At60 = 2 }
        @{ Type = 'Repair.RepairFinding'; Columns = 'Finding', 'Left', 'Action', 'Path'; At80 = 4; At60 = 3 }
        @{ Type = 'Upstream.Diagnosis.UpstreamFinding'; Columns = 'Check', 'Status', 'Message'; At80 = 3; At60 = 3 }
        @{ Type = 'Collections.ArtifactGroup'; Columns = 'Name', 'Members', 'Missing', 'Color', 'Description'; At80 = 5; At60 = 5 }
        @{ Type = 'Collections.McpServer'; Columns = 'Name', 'Repo', 'Version', 'Variables'; At80 = 4; At60 = 4 }
        @{ Type = 'Collections.TagDefinition'; Columns = 'Name', 'Slug', 'Color', 'Description'; At80 = 4; At60 = 4 }
        @{ Type = 'Cache.Background.BackgroundRefreshStatus'; Columns = 'State', 'LastRun', 'NextRun', 'Problem'; At80 = 4; At60 = 4 }
        @{ Type = 'Serving.RunningServer'; Columns = 'Url', 'ProcessId', 'StartedAt', 'Home'; At80 = 4; At60 = 4 }
    )
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
    $script:shown = @{}

    function Add-Shown {
        # Keeps objects under the name of their type.
        param([Parameter(ValueFromPipeline)] $InputObject)

        process {
            $type = $InputObject.GetType().FullName -replace '^SkillMeat\.'
            $shown[$type] = @($shown[$type]) + @($InputObject) -ne $null
        }
    }

    Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $sample | Add-Shown
    Invoke-SkmCollectionRefresh -CheckOnly -Summary -SkillMeatHome $sample | Add-Shown
    Invoke-SkmCollectionRefresh -SkillMeatHome $sample -Summary -Fields tags | Add-Shown
    Invoke-SkmCollectionRefresh -SkillMeatHome $sample | Add-Shown
    Get-SkmSnapshot -SkillMeatHome $sample | Add-Shown
    Restore-SkmSnapshot -Id (Get-SkmSnapshot -First 1 -SkillMeatHome $sample).Id -Force -SkillMeatHome $sample | Add-Shown
    Test-SkmSnapshot -SkillMeatHome $sample | Add-Shown
    New-SkmSnapshot -SkillMeatHome $sample | Export-SkmSnapshot -Path (Join-Path $TestDrive 'export.tar.gz') -SkillMeatHome $sample | Add-Shown
    Get-SkmCollection -SkillMeatHome $sample | Add-Shown
    $changing = Copy-SampleHome -Path (Join-Path $TestDrive 'changing')
    Add-SkmArtifact (Join-Path $TestDrive 'changing/upstream/skills/quick-sum') -SkillMeatHome $changing | Add-Shown
    Update-SkmArtifact -SkillMeatHome $changing | Add-Shown
    $null = New-SkmCollection team -SkillMeatHome $changing
    Copy-SkmArtifact pdf-tools -Destination team -PassThru -SkillMeatHome $changing | Add-Shown
    Rename-SkmCollection team crew -PassThru -SkillMeatHome $changing | Add-Shown
    Remove-SkmCollection crew -Force -PassThru -SkillMeatHome $changing | Add-Shown
    Remove-SkmArtifact changelog -KeepFiles -Force -PassThru -SkillMeatHome $changing | Add-Shown
    Repair-SkmHome -SkillMeatHome $changing | Add-Shown
    # No server listens there, so no request leaves this machine.
    $env:GITHUB_SERVER_URL = 'http://127.0.0.1:9'
    Test-SkmUpstream -SkillMeatHome $sample | Add-Shown
    Remove-Item -Path Env:GITHUB_SERVER_URL
    Get-SkmArtifact -SkillMeatHome $sample | Add-Shown
    Get-SkmUpstreamArtifact (Join-Path $TestDrive 'changing/upstream') -SkillMeatHome $changing | Add-Shown
    Find-SkmArtifact -SkillMeatHome $sample | Add-Shown
    Register-SkmMarketplace (Join-Path $TestDrive 'changing/upstream') -Name shop -SkillMeatHome $changing | Add-Shown
    Get-SkmMarketplace -SkillMeatHome $changing | Add-Shown
    Find-SkmMarketplaceArtifact -SkillMeatHome $changing | Add-Shown
    Get-SkmRefreshField | Add-Shown
    Update-SkmCache -PassThru -SkillMeatHome $sample | Add-Shown
    $project = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'app')).FullName
    Register-SkmProject $project -SkillMeatHome $sample | Add-Shown
    Install-SkmArtifact * -Project app -SkillMeatHome $sample | Add-Shown
    $null = New-Item -ItemType Directory -Path (Join-Path $project '.github/agents')
    Set-Content -LiteralPath (Join-Path $project '.github/agents/own.md') -Value 'Mine'
    Import-SkmArtifact $project -WhatIf -SkillMeatHome $changing | Add-Shown
    Import-SkmArtifact $project -SkillMeatHome $changing | Add-Shown
    Set-Content -LiteralPath (Join-Path $project '.claude/skills/pdf-tools/SKILL.md') -Value "---`nname: pdf-tools`ndescription: Mine`n---`nBody"
    Get-SkmDrift app -IncludeInSync -SkillMeatHome $sample | Sort-Object -Property State -Descending | Add-Shown
    Get-SkmDeployment app -SkillMeatHome $sample | Sort-Object -Property State -Descending | Add-Shown
    Get-SkmStaleArtifact -Refresh -SkillMeatHome $sample | Add-Shown
    Get-SkmProfile -Project app -SkillMeatHome $sample | Add-Shown
    Export-SkmProject app -SkillMeatHome $sample -WarningAction SilentlyContinue | Add-Shown
    Sync-SkmProject app -WhatIf -SkillMeatHome $sample 6>$null | Sort-Object -Property Status | Add-Shown
    $null = Install-SkmArtifact pdf-tools -Project app -Force -SkillMeatHome $sample
    Restore-SkmProject app -SkillMeatHome $sample | Add-Shown
    Restore-SkmProject app -All -SkillMeatHome $sample -WhatIf | Add-Shown
    $null = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'judged/skills/other')
    Set-Content -LiteralPath (Join-Path $TestDrive 'judged/skills/other/SKILL.md') -Value "---`nname: Mine`ndescription: Use when: asked`n---`nBody"
    Test-SkmArtifact (Join-Path $TestDrive 'judged') | Add-Shown
    New-SkmGroup Daily -Member meeting-notes, pdf-tools -Color slate -Description 'Everyday tools' -SkillMeatHome $changing | Add-Shown
    New-SkmMcpServer files -Repo octo/mcp-files -EnvVars @{ TOKEN = 'hunter2' } -SkillMeatHome $changing | Add-Shown
    New-SkmTagDefinition Documents -Color '#3b82f6' -SkillMeatHome $changing | Add-Shown
    # It fails, so that there is a problem to show.
    $failing = Copy-SampleHome -Path (Join-Path $TestDrive 'failing')
    Set-Content -LiteralPath (Join-Path $failing 'collections/default/collection.toml') -Value 'no toml'
    $null = Start-SkmBackgroundRefresh -SkillMeatHome $failing
    Start-Sleep -Seconds 3
    Get-SkmBackgroundRefresh -SkillMeatHome $failing | Add-Shown
    Stop-SkmBackgroundRefresh -SkillMeatHome $failing
    Start-SkmServer -Port 0 -Path (Find-Skm) -SkillMeatHome $failing | Add-Shown
    Stop-SkmServer -SkillMeatHome $failing

    function Get-Title {
        # The titles of a table, each above its dashes.
        param([string] $Table)

        $lines = $Table -split '\r?\n'
        $dashes = [array]::FindIndex($lines, [System.Predicate[string]] { $args[0] -match '^-+[- ]*$' })
        $titles = $lines[$dashes - 1].PadRight($lines[$dashes].Length)
        [regex]::Matches($lines[$dashes], '-+') | ForEach-Object { $titles.Substring($_.Index, $_.Length).Trim() }
    }
}

Describe 'The view of <Type>' -ForEach $views {
    BeforeAll {
        $script:objects = $shown[$Type]
    }

    It 'is a table with these titles' {
        Get-Title -Table ($objects | Format-View -Width 300) | Should -Be $Columns
    }

    It 'has its most important columns, with whole titles, at 80 and 60 characters' {
        # PowerShell drops columns that do not fit, or breaks the title into several lines.
        Get-Title -Table ($objects | Format-View -Width 80) | Should -Be $Columns[0..($At80 - 1)]
        Get-Title -Table ($objects | Format-View -Width 60) | Should -Be $Columns[0..($At60 - 1)]
    }

    It 'breaks no word at <_> characters' -ForEach 60, 80, 120 {
        $known = ($objects | Format-View -Width 2000), ($objects | Format-List | Format-View -Width 2000) -split '\s+'
        $words = ($objects | Format-View -Width $_) -split '\s+' -notmatch '^-+$'
        # A word that is cut says so at one of its ends, and so does one of the list that the table spells otherwise.
        $words | Where-Object { $_ -cnotin $known -and $_ -notmatch '^…|…$' } | Should -BeNullOrEmpty
    }

    It 'is readable text as CSV' {
        $csv = $objects | ConvertTo-Csv
        $csv[0] | Should -Not -BeLike '*"Details"*'
        $csv -match 'SkillMeat\.\w+\.|System\.|`\d\[' | Should -BeNullOrEmpty
    }

    It 'is a list without doubled or empty labels when asked for' {
        $list = $objects | Select-Object -First 1 | Format-List | Format-View
        $labels = [regex]::Matches($list, '(?m)^(\S[^:]*?) *: ?') | ForEach-Object { $_.Groups[1].Value }
        $labels.Count | Should -BeGreaterThan 1
        $labels | Select-Object -Unique | Should -Be $labels
    }

    It 'lists every value in full' {
        $list = $objects | Select-Object -First 1 | Format-List | Format-View -Width 500
        foreach ($property in $objects[0].PSObject.Properties | Where-Object { $_.Value -is [string] -and $_.Value -and $_.Name -notin 'Name', 'Type' }) {
            $list | Should -BeLike "*$([wildcardpattern]::Escape($property.Value))*" -Because "$($property.Name) is on the object"
        }
    }
}

Describe 'What the tables shorten' {
    BeforeAll {
        $script:sha = '0123456789abcdef0123456789abcdef01234567'
        $script:times = Copy-SampleHome -Path (Join-Path $TestDrive 'times')
        $now = [System.DateTime]::UtcNow
        $ago = [ordered]@{
            'seconds' = $now.AddSeconds(-20); 'minute' = $now.AddSeconds(-90); 'minutes' = $now.AddMinutes(-5.5); 'hours' = $now.AddHours(-7.5)
            'days' = $now.AddDays(-3.5); 'months' = $now.AddDays(-100); 'future' = $now.AddDays(2)
        }
        $manifest = "[collection]`nname = `"default`"`nversion = `"1.0.0`"`ncreated = `"2026-01-01T00:00:00`"`nupdated = `"$($ago['days'].ToString('s'))`"`n"
        foreach ($name in $ago.Keys) {
            $manifest += "`n[[artifacts]]`nname = `"$name`"`ntype = `"skill`"`npath = `"skills/$name`"`norigin = `"github`"`nadded = `"2026-01-01T00:00:00`"`n" +
                "upstream = `"octo/skills/skills/$name`"`nversion_spec = `"v1.0`"`nresolved_sha = `"$sha`"`nlast_updated = `"$($ago[$name].ToString('s'))`"`n"
        }

        Write-Text -Path (Join-Path $times 'collections/default/collection.toml') -Text $manifest
        $script:months = $ago['months'].ToString('yyyy-MM-dd')
        $script:future = $ago['future'].ToString('yyyy-MM-dd')
        $script:artifacts = Get-SkmArtifact -SkillMeatHome $times
        $script:table = $artifacts | Format-View
    }

    It 'are commits: 8 digits in the table, all of them on the object' {
        $table | Should -Match '\b01234567\b'
        $table | Should -Not -Match '012345678'
        $artifacts[0].ResolvedSha | Should -Be $sha
        $artifacts[0] | Format-List | Format-View | Should -BeLike "*$sha*"
    }

    It 'are times: <Name> shows as <Shown>' -ForEach @(
        @{ Name = 'seconds'; Shown = 'just now' }
        @{ Name = 'minute'; Shown = '1 minute ago' }
        @{ Name = 'minutes'; Shown = '5 minutes ago' }
        @{ Name = 'hours'; Shown = '7 hours ago' }
        @{ Name = 'days'; Shown = '3 days ago' }
    ) {
        $table | Should -Match "skill:$Name +v1\.0 +01234567 +$Shown"
    }

    It 'are times: a date for what is long ago or still to come' {
        $table | Should -Match "skill:months +v1\.0 +01234567 +$months"
        $table | Should -Match "skill:future +v1\.0 +01234567 +$future"
    }

    It 'leave the object a time with its zone, in UTC' {
        $artifacts[0].LastUpdated | Should -BeOfType ([System.DateTimeOffset])
        $artifacts[0].LastUpdated.Offset | Should -Be ([timespan]::Zero)
    }

    It 'are sizes: the bytes stay on the object' {
        $snapshot = $shown['Snapshots.SnapshotInfo'][0]
        $snapshot | Format-View | Should -Match ([regex]::Escape([string]::Format([cultureinfo]::InvariantCulture, '{0:0.0} KB', $snapshot.SizeBytes / 1024)))
        $snapshot.SizeBytes | Should -BeOfType ([long])
    }

    It 'show in another culture as in this one' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'ar-SA'
            $artifacts | Format-View | Should -Be $table
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }
}

Describe 'What the tables say' {
    It 'groups artifacts by collection' {
        $shown['Collections.Artifact'] | Format-View | Should -Match '^Collection: default'
    }

    It 'shows which collection is the active one' {
        $shown['Collections.CollectionSummary'] | Format-View | Should -Match '(?m)^default +yes +4 '
    }

    It 'shows totals' {
        $shown['Checks.UpdateCheckSummary'] | Format-View | Should -Match '(?m)^default +1 +1 +0 +1 +0 +1 +1'
        $shown['Refresh.RefreshSummary'] | Format-View | Should -Match '(?m)^default +1 +1 +2 +0 +\d{8}-\d{6}-\d{6} +50 %'
    }

    It 'shows snapshots with their age and what was about to happen' {
        $snapshot = $shown['Snapshots.SnapshotInfo'][0]
        $snapshot | Format-View | Should -Match "(?m)^$($snapshot.SnapshotId) +(just now|\d+ minutes? ago) +Before refresh of 1.* 4 +\d\.\d KB"
    }

    It 'shows what undoes a rollback' {
        $rollback = $shown['Snapshots.RestoreResult'][0]
        $rollback | Format-View | Should -Match "(?m)^default +$($rollback.SnapshotId) +$($rollback.SafetySnapshotId) +4"
    }

    It 'says whether snapshots are sound, and what is wrong with them' {
        $checks = $shown['Snapshots.SnapshotCheck']
        $checks[0] | Format-View | Should -Match "(?m)^$($checks[0].Id) +yes +2 +\d\.\d KB"
        $damaged = Copy-SampleHome -Path (Join-Path $TestDrive 'damaged snapshot')
        $id = (New-SkmSnapshot -SkillMeatHome $damaged).Id
        Get-ChildItem -Path (Join-Path $damaged "snapshots/default/$id*") | ForEach-Object { Write-Text -Path $_.FullName -Text 'x' }
        Test-SkmSnapshot -SkillMeatHome $damaged | Format-View -Width 300 | Should -Match "(?m)^$id +no +0 +0 B +.*$id"
    }

    It 'lists the paths that a restore changed' {
        $shown['Snapshots.RestoreResult'][0] | Format-List | Format-View | Should -Match '(?ms)^ChangedPaths .*^ChangedArtifacts '
    }

    It 'says what a refresh changed, from what to what' {
        $shown['Refresh.RefreshEntry'][0] | Format-View -Width 400 | Should -BeLike '*skill:meeting-notes* Refreshed*license: (none) → MIT*'
    }

    It 'says when tags were imported' {
        $shown['Refresh.RefreshEntry'][0] | Format-List | Format-View | Should -Match '(?m)^TagsImportedAt +: \d'
    }

    It 'says what a refresh would change' {
        $fresh = Copy-SampleHome -Path (Join-Path $TestDrive 'fresh')
        Invoke-SkmCollectionRefresh -WhatIf -Name meeting-notes -SkillMeatHome $fresh | Format-View -Width 400 | Should -BeLike '*skill:meeting-notes* would be refreshed*license: (none) → MIT*'
    }

    It 'shows where a moved artifact is, and why' {
        $shown['Checks.ArtifactCheck'] | Format-View | Should -BeLike '*command:changelog*Moved*commands/release-notes.md: The same cont*'
    }

    It 'shows the problem of a collection that can not be read in place of its folder' {
        $damaged = Copy-SampleHome -Path (Join-Path $TestDrive 'damaged')
        Write-Text -Path (Join-Path $damaged 'collections/default/collection.toml') -Text 'x ='
        Get-SkmCollection -SkillMeatHome $damaged -ErrorAction SilentlyContinue | Format-View -Width 300 | Should -Match '(?m)^default +yes .*collection\.toml:1:'
    }

    It 'says that there is nothing to undo when a rollback changed nothing' {
        $id = $shown['Snapshots.RestoreResult'][0].SnapshotId
        Restore-SkmSnapshot -Id $id -Force -SkillMeatHome $sample | Format-View | Should -BeLike '*nothing to undo*'
    }
}
