#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
    $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
}

Describe 'Find-SkmArtifact' {
    It 'finds by words, in any place' {
        $found = Find-SkmArtifact tables PDF
        $found.ArtifactId | Should -Be 'skill:pdf-tools'
        $found.Collection | Should -Be 'default'
        $found.Score | Should -BeGreaterThan 0
        $found.Snippet | Should -BeLike '*`*`*tables`*`**'
    }

    It 'forgives typing errors, and says so' {
        $said = Find-SkmArtifact transcirpts -Verbose 4>&1
        ($said | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }).Name | Should -Be 'meeting-notes'
        "$said" | Should -BeLike '*Similar*'
    }

    It 'takes fields and parameters' {
        (Find-SkmArtifact 'type:command').Name | Should -Be 'changelog'
        (Find-SkmArtifact -Type command, agent).Name | Should -Be 'changelog', 'code-reviewer'
        (Find-SkmArtifact -Tag Writing).Name | Should -Be 'meeting-notes'
        (Find-SkmArtifact -Collection def*).Count | Should -Be 4
        (Find-SkmArtifact 'pdf' -Type command).Count | Should -Be 0
        (Get-Failure { Find-SkmArtifact -Type skil }).Exception.Message | Should -BeLike "*Did you mean 'skill'?*"
        (Get-Failure { Find-SkmArtifact -Collection nosuch -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'CollectionNotFound,*'
        (Get-Failure { Find-SkmArtifact -Project nosuch -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
    }

    It 'warns of a field that nothing can meet' {
        Find-SkmArtifact 'type:skil' -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike "*'skil'*"
    }

    It 'takes anything as a search: <_>' -ForEach '"', '*', '%', 'NEAR(', 'a AND', "'", 'name:', '(', '-x', 'type:', '""', ' ' {
        { Find-SkmArtifact -Text $_ -ErrorAction Stop -WarningAction Stop } | Should -Not -Throw
    }

    It 'returns pages, with the total' {
        $all = Find-SkmArtifact -SortBy Name
        $all.Name | Should -Be 'changelog', 'code-reviewer', 'meeting-notes', 'pdf-tools'
        (Find-SkmArtifact -SortBy Name -Skip 1 -First 2).Name | Should -Be 'code-reviewer', 'meeting-notes'
        $counted = Find-SkmArtifact -First 1 -IncludeTotalCount
        $counted[0] | Should -Be 4
        $counted.Count | Should -Be 2
        $dates = (Find-SkmArtifact -SortBy Date).Updated
        $dates | Should -Be ($dates | Sort-Object -Descending)
    }

    It 'finds what is deployed, and deploys what is found' {
        $project = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'app')).FullName
        (Find-SkmArtifact tag:writing | Install-SkmArtifact -Project $project).ArtifactId | Should -Be 'skill:meeting-notes'
        $null = Register-SkmProject $project
        (Find-SkmArtifact -Project app).Name | Should -Be 'meeting-notes'
        (Find-SkmArtifact project:app).Name | Should -Be 'meeting-notes'
        (Find-SkmArtifact -Project $project).Project | Should -Be (Get-SkmProject app).Path
    }

    It 'follows an edit at once' {
        Find-SkmArtifact unicorns | Should -BeNullOrEmpty
        Add-Content -LiteralPath (Join-Path $sample 'collections/default/skills/pdf-tools/SKILL.md') -Value 'For unicorns.'
        (Find-SkmArtifact unicorns).Name | Should -Be 'pdf-tools'
    }

    It 'shows the hit in colour where there are colours, and without signs elsewhere' {
        $found = Find-SkmArtifact tables
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $found | Format-Table | Out-String -Width 200 | Should -Match '\e\[33;1mtables\e\[0m'
            $PSStyle.OutputRendering = 'PlainText'
            $plain = $found | Format-Table | Out-String -Width 200
            $plain | Should -Match 'text and tables'
            $plain | Should -Not -Match '\*|\e'
        } finally {
            $PSStyle.OutputRendering = $before
        }
    }
}
