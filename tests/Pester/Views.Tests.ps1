#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Views' {
    BeforeAll {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'views')
        $script:artifact = Get-SkmArtifact -Name meeting-notes -SkillMeatHome $sample
        $script:check = Invoke-SkmCollectionRefresh -Name meeting-notes -CheckOnly -SkillMeatHome $sample
        $script:checkSummary = Invoke-SkmCollectionRefresh -CheckOnly -Summary -SkillMeatHome $sample
        $script:dryRun = Invoke-SkmCollectionRefresh -Name meeting-notes -WhatIf -SkillMeatHome $sample
        $script:refreshed = Invoke-SkmCollectionRefresh -Name meeting-notes -SkillMeatHome $sample
        $script:collection = Get-SkmCollection -SkillMeatHome $sample
        $script:summary = Invoke-SkmCollectionRefresh -Summary -SkillMeatHome $sample
        $script:snapshot = Get-SkmSnapshot -SkillMeatHome $sample
        $script:rollback = Restore-SkmSnapshot -Id $snapshot.Id -Force -SkillMeatHome $sample
    }

    It 'shows collections with how long ago they changed' {
        $view = $collection | Format-View
        $view | Should -Match '(?m)^Collection +Active +Artifacts +Updated +Folder / problem'
        $view | Should -Match '(?m)^default +yes +4 +just now'
    }

    It 'shows artifacts below their collection, with commas between tags' {
        $view = $artifact | Format-View
        $view | Should -Match 'Collection: default'
        $view | Should -Match '(?m)^skill:meeting-notes +latest .* favourite, writing +Turn raw transcripts'
        ($artifact | Format-List | Out-String) | Should -Match 'ContentHash +: [0-9a-f]{20}'
    }

    It 'shortens hashes in the table and never in the object' {
        $view = $check | Format-View
        $view | Should -Match "Updated +latest +$($check.CurrentSha.Substring(0, 8)) +$($check.UpstreamSha.Substring(0, 8)) +SafeUpdate"
        $view | Should -Not -Match $check.CurrentSha
        $check.CurrentSha.Length | Should -Be 64
        ($check | Format-List | Format-View -Width 400) | Should -Match $check.UpstreamSha
    }

    It 'says of a dry run that it would be' {
        $dryRun | Format-View | Should -Match '(?m)^skill:meeting-notes +would be +tags: favourite, writing → favourite, writing, meetings;'
        $refreshed | Format-View | Should -Match '(?m)^skill:meeting-notes +Refreshed +tags:'
        ($refreshed | Format-List | Format-View -Width 400) | Should -Match '(?m)^NewValues +: tags: favourite, writing, meetings; description: '
    }

    It 'shows totals' {
        $checkSummary | Format-View | Should -Match '(?m)^Collection +Updated +Moved +Deleted +New +UpToDate +Unknown +Errors'
        $summary | Format-View | Should -Match '(?m)^default +0 +2 +2 +0 +50 %'
    }

    It 'shows snapshots with their age and size' {
        $view = $snapshot | Format-View
        $view | Should -Match "(?m)^$($snapshot.Id) +just now +4 +\d\.\d KB +Before refresh of 1"
        $snapshot.CreatedAt | Should -BeOfType [System.DateTimeOffset]
        $snapshot.SizeBytes | Should -BeGreaterThan 1000
    }

    It 'shows what undoes a restore' {
        $rollback | Format-View | Should -Match "(?m)^default +$($snapshot.Id) +$($rollback.SafetySnapshotId) +4"
    }

    It 'has a list for every type' {
        foreach ($object in @($artifact, $check, $checkSummary, $refreshed, $summary, $snapshot, $rollback, (Get-SkmRefreshField -Name tags), (Get-SkmCollection -SkillMeatHome $sample))) {
            $view = $object | Format-List | Format-View
            $view | Should -Match '(?m)^\w+ *: ' -Because $object.GetType().Name
        }
    }
}
