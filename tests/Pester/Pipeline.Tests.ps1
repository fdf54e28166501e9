#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
    Copy-Item -LiteralPath (Join-Path $sample 'collections/default') -Destination (Join-Path $sample 'collections/second') -Recurse
    # Every cmdlet in a pipeline needs the same home.
    $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
}

Describe 'What the cmdlets return' {
    It 'can be filtered, sorted and grouped' {
        (Get-SkmArtifact | Where-Object Tags -Contains 'pdf').Name | Should -Be 'pdf-tools'
        (Get-SkmArtifact | Where-Object { -not $_.Upstream }).Name | Should -Be 'code-reviewer'
        (Get-SkmArtifact | Sort-Object -Property Type, Name).Name | Should -Be 'code-reviewer', 'changelog', 'meeting-notes', 'pdf-tools'
        $groups = Get-SkmArtifact | Group-Object -Property Type
        ($groups | Where-Object Name -EQ skill).Count | Should -Be 2
        (Invoke-SkmCollectionRefresh -CheckOnly | Group-Object -Property ChangeType -AsHashTable -AsString)['Moved'].Name | Should -Be 'changelog'
    }

    It 'exports to CSV with tags that a person can read' {
        Get-SkmArtifact -Name meeting-notes | Export-Csv -LiteralPath (Join-Path $TestDrive 'artifacts.csv')
        $row = Import-Csv -LiteralPath (Join-Path $TestDrive 'artifacts.csv')
        $row.Tags | Should -Be 'favourite, writing'
        $row.ArtifactId | Should -Be 'skill:meeting-notes'
        ($row.PSObject.Properties.Value -join ' ') | Should -Not -Match 'System\.|SkillMeat\.|`'
    }

    It 'exports changes to CSV, from what to what' {
        $fresh = Copy-SampleHome -Path (Join-Path $TestDrive 'csv')
        $row = Invoke-SkmCollectionRefresh -Name meeting-notes -SkillMeatHome $fresh | ConvertTo-Csv | ConvertFrom-Csv
        $row.Changes | Should -Be 'tags, description, license, author'
        $row.OldValues | Should -BeLike '*license: (none)*'
        $row.NewValues | Should -BeLike '*license: MIT*'
        ($row.PSObject.Properties.Value -join ' ') | Should -Not -Match 'System\.|SkillMeat\.'
    }

    It 'converts to JSON and back, without a warning about depth: <_>' -ForEach @(
        'Get-SkmArtifact', 'Get-SkmCollection', 'Invoke-SkmCollectionRefresh -CheckOnly', 'Invoke-SkmCollectionRefresh -CheckOnly -Summary'
        'Invoke-SkmCollectionRefresh', 'Invoke-SkmCollectionRefresh -Summary', 'Get-SkmSnapshot', 'Restore-SkmSnapshot -Id (Get-SkmSnapshot -First 1).Id -Force'
        'Get-SkmRefreshField'
    ) {
        $objects = & ([scriptblock]::Create($_))
        $objects | Should -Not -BeNullOrEmpty
        $warnings = @()
        # The changes of a refresh have old and new values, and those of the tags are lists.
        $depth = $_ -eq 'Invoke-SkmCollectionRefresh' ? 3 : 2
        $json = $objects | ConvertTo-Json -Depth $depth -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        $back = $json | ConvertFrom-Json
        @($back).Count | Should -Be @($objects).Count
        $json | Should -Not -Match '"(Capacity|Count|IsReadOnly|Keys)":' -Because 'that is how it looks inside of a list'
    }

    It 'has lists as lists and values by field in JSON' {
        $artifact = Get-SkmArtifact -Name pdf-tools | ConvertTo-Json | ConvertFrom-Json
        $artifact.Tags | Should -Be 'pdf', 'documents'
        $fresh = Copy-SampleHome -Path (Join-Path $TestDrive 'json')
        $entry = Invoke-SkmCollectionRefresh -Name meeting-notes -SkillMeatHome $fresh | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json
        $entry.Status | Should -Be 'Refreshed'
        $entry.NewValues.license | Should -Be 'MIT'
        $entry.NewValues.tags | Should -Be 'favourite', 'writing', 'meetings'
    }
}

Describe 'Piping into a refresh' {
    BeforeAll {
        $script:piped = Copy-SampleHome -Path (Join-Path $TestDrive 'piped')
        Copy-Item -LiteralPath (Join-Path $piped 'collections/default') -Destination (Join-Path $piped 'collections/second') -Recurse
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $piped }
    }

    It 'checks the artifacts that come, and finds those with an update' {
        $found = Get-SkmArtifact -Type skill | Invoke-SkmCollectionRefresh -CheckOnly | Where-Object UpdateAvailable
        $found.ArtifactId | Should -Be 'skill:meeting-notes'
    }

    It 'says nothing about others, not even of new ones' {
        $checks = Get-SkmArtifact -Name pdf-tools | Invoke-SkmCollectionRefresh -CheckOnly
        $checks.ArtifactId | Should -Be 'skill:pdf-tools'
    }

    It 'checks the collections that come' {
        $checks = Get-SkmCollection | Invoke-SkmCollectionRefresh -CheckOnly
        ($checks | Where-Object ChangeType -EQ Updated).Collection | Should -Be 'default', 'second'
        $checks.Count | Should -Be 10
    }

    It 'keeps artifacts of several collections apart' {
        $checks = @(Get-SkmArtifact -Collection default -Name pdf-tools) + @(Get-SkmArtifact -Collection second -Name changelog) | Invoke-SkmCollectionRefresh -CheckOnly
        $checks | ForEach-Object { "$($_.Collection)/$($_.Name)" } | Should -Be 'default/pdf-tools', 'second/changelog'
    }

    It 'takes what a check found, and refreshes that' {
        $entries = Invoke-SkmCollectionRefresh -CheckOnly -Collection second | Where-Object ChangeType -EQ Updated | Invoke-SkmCollectionRefresh
        $entries | ForEach-Object { "$($_.Collection)/$($_.Name) $($_.Status)" } | Should -Be 'second/meeting-notes Refreshed'
    }

    It 'takes artifacts from a file' {
        $file = Join-Path $TestDrive 'list.csv'
        Get-SkmArtifact -Collection second -Type skill | Export-Csv -LiteralPath $file
        $checks = Import-Csv -LiteralPath $file | Invoke-SkmCollectionRefresh -CheckOnly
        $checks | ForEach-Object { "$($_.Collection)/$($_.Name)" } | Should -Be 'second/meeting-notes', 'second/pdf-tools'
    }

    It 'goes from collections to their artifacts, totals and snapshots' {
        (Get-SkmCollection | Get-SkmArtifact).Count | Should -Be 8
        (Get-SkmCollection | Invoke-SkmCollectionRefresh -CheckOnly -Summary).Collection | Should -Be 'default', 'second'
        (Get-SkmCollection | Get-SkmSnapshot).Collection | Sort-Object -Unique | Should -Contain 'second'
    }

    It 'refreshes nothing when nothing comes' {
        $before = Get-HomeState -Path $piped
        @() | Invoke-SkmCollectionRefresh | Should -BeNullOrEmpty
        Get-SkmArtifact -Type hook | Invoke-SkmCollectionRefresh | Should -BeNullOrEmpty
        Get-SkmArtifact | Where-Object Name -EQ 'nothing' | Invoke-SkmCollectionRefresh -Summary | Should -BeNullOrEmpty
        Get-HomeState -Path $piped | Should -Be $before
    }

    It 'restores and removes nothing when nothing comes' {
        $before = Get-HomeState -Path $piped
        Get-SkmSnapshot -Id 'nothing*' | Restore-SkmSnapshot -Force | Should -BeNullOrEmpty
        Get-SkmSnapshot -Id 'nothing*' | Remove-SkmSnapshot -Force | Should -BeNullOrEmpty
        Get-HomeState -Path $piped | Should -Be $before
    }
}

Describe 'Select-Object -First' {
    BeforeAll {
        if (Find-TestProgram -Name LoopbackGitHub) {
            $script:gitHub = Initialize-GitHubHome -Path (Join-Path $TestDrive 'github') -WithLocal
            # So slow that waiting for it fails the test.
            $script:server = Open-LoopbackGitHub -Folder $gitHub.Repositories -DelayMs 20000
            Connect-LoopbackGitHub -Server $server
        }
    }

    AfterAll {
        Close-LoopbackGitHub -Server $server
        Connect-LoopbackGitHub
    }

    It 'gets the first result as soon as it is known, and stops the rest of the work' {
        if (-not $server) {
            Set-ItResult -Skipped -Because 'tests/LoopbackGitHub is not built'
        }

        $before = Get-HomeState -Path $gitHub.Home
        $time = [System.Diagnostics.Stopwatch]::StartNew()
        $first = Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $gitHub.Home | Select-Object -First 1
        $time.Elapsed.TotalSeconds | Should -BeLessThan 10
        $first.Name | Should -Be 'note-local'
        Get-HomeState -Path $gitHub.Home | Should -Be $before
    }

    It 'leaves nothing running that keeps the next command from working' {
        $fresh = Copy-SampleHome -Path (Join-Path $TestDrive 'first')
        (Get-SkmArtifact -SkillMeatHome $fresh | Select-Object -First 1).Name | Should -Be 'meeting-notes'
        (Get-SkmArtifact -SkillMeatHome $fresh | Select-Object -Last 1).Name | Should -Be 'code-reviewer'
    }
}
