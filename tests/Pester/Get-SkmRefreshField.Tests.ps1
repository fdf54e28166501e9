#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Get-SkmRefreshField' {
    It 'lists every field with its meaning' {
        $fields = Get-SkmRefreshField
        $fields.Name | Should -Be 'tags', 'description', 'category', 'license', 'deprecated', 'author', 'origin_source'
        $fields.Meaning | Should -Not -BeNullOrEmpty
    }

    It 'takes names, wildcards and any case' {
        (Get-SkmRefreshField -Name 'TAGS', 'de*').Name | Should -Be 'tags', 'description', 'deprecated'
    }

    It 'takes the name by position' {
        (Get-SkmRefreshField license).Name | Should -Be 'license'
    }

    It 'gives what -Fields of a refresh takes' {
        $sample = Copy-SampleHome -Path (Join-Path $TestDrive 'fields')
        $entry = Invoke-SkmCollectionRefresh -SkillMeatHome $sample -Name meeting-notes -Fields (Get-SkmRefreshField -Name license)
        "$($entry.Changes)" | Should -Be 'license'
    }

    It 'gives nothing for a pattern that fits no field' {
        Get-SkmRefreshField -Name 'nothing*' | Should -BeNullOrEmpty
    }

    It 'calls a name that is no field an error' {
        $problems = @()
        Get-SkmRefreshField -Name licence -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems.Count | Should -Be 1 -Because 'every other cmdlet of the module says when a name without wildcards is not there'
    }
}
