#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Set-SkmArtifact' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
    }

    It 'edits texts and tags, returns the artifact, and tells the snapshot' {
        $said = Set-SkmArtifact pdf-tools -Title 'PDF' -Author Ada -License MIT -Category docs -AddTag mine -RemoveTag pdf -PassThru -Verbose 4>&1
        $edited = $said[-1]
        $edited.Title, $edited.Author, $edited.License, $edited.Category | Should -Be 'PDF', 'Ada', 'MIT', 'docs'
        "$($edited.Tags)" | Should -Be 'documents mine'
        "$said" | Should -Match 'Snapshot \d{8}-\d{6}-\d{6} was taken first; Restore-SkmSnapshot'
        (Get-SkmArtifact pdf-tools).Title | Should -Be 'PDF'
        Get-SkmSnapshot -First 1 | Restore-SkmSnapshot -Force
        (Get-SkmArtifact pdf-tools).Title | Should -BeNullOrEmpty
    }

    It 'removes with an empty value, and replaces all tags' {
        Set-SkmArtifact pdf-tools -Title PDF -Tag one, two | Should -BeNullOrEmpty
        Set-SkmArtifact pdf-tools -Title '' -Description $null
        $read = Get-SkmArtifact pdf-tools
        $read.Title, $read.Description | Should -Be $null, $null
        "$($read.Tags)" | Should -Be 'one two'
        Set-SkmArtifact pdf-tools -Tag @()
        (Get-SkmArtifact pdf-tools).Tags.Count | Should -Be 0
    }

    It 'takes the pipeline, patterns, types, ids and a group, in one transaction' {
        $null = New-SkmGroup Daily -Member pdf-tools, changelog
        (Set-SkmArtifact * -Group Daily -AddTag daily -PassThru).ArtifactId | Should -Be 'skill:pdf-tools', 'command:changelog'
        (Get-SkmArtifact -Type agent | Set-SkmArtifact -AddTag agents -PassThru).ArtifactId | Should -Be 'agent:code-reviewer'
        ('pdf-tools', 'nothing' | Set-SkmArtifact -AddTag piped -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be 'pdf-tools'
        $problems.FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        (Set-SkmArtifact -ArtifactId skill:pdf-tools -AddTag id -PassThru).Tags | Should -Contain 'id'
        $count = @(Get-SkmSnapshot).Count
        Get-SkmArtifact | Set-SkmArtifact -AddTag all
        @(Get-SkmSnapshot).Count | Should -Be ($count + 1)
        { Get-SkmCollection | Set-SkmArtifact -AddTag x -ErrorAction Stop } | Should -Throw '*is not an artifact*'
        @() | Set-SkmArtifact -AddTag none
    }

    It 'changes nothing with -WhatIf, without a change, and with a wrong value' {
        $before = Get-HomeState -Path $sample
        Set-SkmArtifact * -AddTag x -WhatIf -PassThru | Should -BeNullOrEmpty
        Set-SkmArtifact pdf-tools -RemoveTag nothing
        { Set-SkmArtifact pdf-tools -Title "a`tb" -ErrorAction Stop } | Should -Throw '*control character*' -ErrorId 'InvalidArgument,*'
        { Set-SkmArtifact pdf-tools -AddTag x -RemoveTag x -ErrorAction Stop } | Should -Throw '*both added and removed*'
        Get-HomeState -Path $sample | Should -Be $before
    }

    It 'is kept by a refresh' {
        Set-SkmArtifact meeting-notes -Description Mine
        $row = Invoke-SkmCollectionRefresh -Name meeting-notes
        (Get-SkmArtifact meeting-notes).Description | Should -Be 'Mine'
        $row.Reason | Should -BeLike 'Kept as you set it*description*'
    }
}
