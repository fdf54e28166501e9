#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'A run in another culture' -Skip:(-not $env:SKILLMEAT_TEST_CULTURE) {
    It 'is in the culture that was asked for' {
        [cultureinfo]::CurrentCulture.Name | Should -BeExactly $env:SKILLMEAT_TEST_CULTURE
    }
}

Describe 'In the culture <_>' -ForEach 'de-DE', 'tr-TR', 'th-TH' {
    BeforeAll {
        $script:before = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = $_
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive $_)
    }

    AfterAll { [cultureinfo]::CurrentCulture = $before }

    It 'upper case means the same' {
        (Get-SkmArtifact -Type SKILL -SkillMeatHome $sample).Count | Should -Be (Get-SkmArtifact -Type skill -SkillMeatHome $sample).Count
        (Get-SkmCollection -Name DEFAULT -SkillMeatHome $sample).Name | Should -Be 'default'
        (Get-SkmRefreshField).Count | Should -BeGreaterThan 0
    }

    It 'snapshots have ids and times of the common calendar' {
        $taken = New-SkmSnapshot -Message x -SkillMeatHome $sample
        $taken.Id | Should -BeLike "$([datetime]::UtcNow.Year)*"
        $null = Restore-SkmSnapshot -Id $taken.Id -Force -SkillMeatHome $sample
        (Get-SkmSnapshot -SkillMeatHome $sample).Id | Should -Contain $taken.Id
    }

    It 'a refresh writes what it writes elsewhere' {
        $null = Invoke-SkmCollectionRefresh -SkillMeatHome $sample
        $manifest = Get-Content -Raw -LiteralPath (Join-Path $sample 'collections/default/collection.toml')
        $manifest | Should -Match "updated = `"$([datetime]::UtcNow.Year)-"
        (Get-SkmArtifact -SkillMeatHome $sample).Count | Should -BeGreaterThan 0
    }
}
