#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Pipelines' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
    }

    It 'go from artifacts through a check to what has an update' {
        $updates = Get-SkmArtifact -Type skill -SkillMeatHome $sample | Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $sample | Where-Object UpdateAvailable
        $updates.ArtifactId | Should -Be 'skill:meeting-notes'
    }

    It 'go from collections to their artifacts, checks and snapshots' {
        $null = New-SkmCollection -Name work -SkillMeatHome $sample
        (Get-SkmCollection -SkillMeatHome $sample | Get-SkmArtifact -SkillMeatHome $sample).Count | Should -Be 4
        (Get-SkmCollection -SkillMeatHome $sample | Invoke-SkmCollectionRefresh -CheckOnly -Summary -SkillMeatHome $sample).Collection | Should -Be 'default', 'work'
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        (Get-SkmCollection -SkillMeatHome $sample | Get-SkmSnapshot -SkillMeatHome $sample).Count | Should -Be 1
    }

    It 'do nothing where nothing comes' {
        $before = Get-HomeState -Path $sample -WithoutLocks
        Get-SkmArtifact -Name 'nothing*' -SkillMeatHome $sample | Invoke-SkmCollectionRefresh -SkillMeatHome $sample | Should -BeNullOrEmpty
        Get-HomeState -Path $sample -WithoutLocks | Should -Be $before
    }

    It 'refresh just the artifacts that come' {
        $entries = Get-SkmArtifact -Name pdf-tools, meeting-notes -SkillMeatHome $sample | Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        $entries.ArtifactId | Sort-Object | Should -Be 'skill:meeting-notes', 'skill:pdf-tools'
    }

    It 'take artifacts from a file' {
        $file = Join-Path $TestDrive 'list.csv'
        Get-SkmArtifact -Type skill -SkillMeatHome $sample | Export-Csv -LiteralPath $file
        (Import-Csv -LiteralPath $file | Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $sample).Count | Should -Be 2
    }

    It 'write CSV that people can read' {
        $row = Get-SkmArtifact -Name meeting-notes -SkillMeatHome $sample | ConvertTo-Csv | ConvertFrom-Csv
        $row.Tags | Should -Be 'favourite, writing'
        $row.Type | Should -Be 'skill'
        $entry = Invoke-SkmCollectionRefresh -Name meeting-notes -SkillMeatHome $sample | ConvertTo-Csv | ConvertFrom-Csv
        $entry.Changes | Should -Be 'tags, description, license, author'
        $entry.NewValues | Should -BeLike 'tags: favourite, writing, meetings; description: *'
    }

    It 'write JSON without a warning' {
        $json = Get-SkmArtifact -SkillMeatHome $sample | ConvertTo-Json -WarningVariable warnings -WarningAction SilentlyContinue | ConvertFrom-Json
        $warnings | Should -BeNullOrEmpty
        $json[0].Tags | Should -Be 'favourite', 'writing'
        $json[0].Type | Should -Be 'skill'
        $entry = Invoke-SkmCollectionRefresh -Name meeting-notes -SkillMeatHome $sample | ConvertTo-Json -EnumsAsStrings -WarningVariable warnings | ConvertFrom-Json
        $warnings | Should -BeNullOrEmpty
        $entry.Status | Should -Be 'Refreshed'
        $entry.NewValues.license | Should -Be 'MIT'
        $entry.NewValues.tags | Should -Be 'favourite', 'writing', 'meetings'
    }

    It 'sort, group and compare' {
        $artifacts = Get-SkmArtifact -SkillMeatHome $sample
        ($artifacts | Group-Object -Property Type -NoElement | Where-Object Name -EQ skill).Count | Should -Be 2
        ($artifacts | Sort-Object -Property Name)[0].Name | Should -Be 'changelog'
        ($artifacts | Where-Object Tags -Contains 'pdf').Name | Should -Be 'pdf-tools'
        (Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $sample | Where-Object ChangeType -EQ Moved).NewPath | Should -Be 'commands/release-notes.md'
    }

    It 'show what is known before a slow repository has answered, and stop when enough is there' {
        if (-not (Find-TestProgram -Name LoopbackGitHub)) {
            Set-ItResult -Skipped -Because 'LoopbackGitHub was not built'
            return
        }

        $made = Initialize-GitHubHome -Path (Join-Path $TestDrive 'slow') -Count 2 -WithLocal
        $server = Open-LoopbackGitHub -Folder $made.Repositories -DelayMs 8000
        try {
            Connect-LoopbackGitHub -Server $server
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $first = Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $made.Home | Select-Object -First 1
            $first.ArtifactId | Should -Be 'skill:note-local'
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 6
        }
        finally {
            Connect-LoopbackGitHub
            Close-LoopbackGitHub -Server $server
        }
    }
}
